-- Evidence for each recipient: what was posted, taken back or came back, and who was told of each letter.
ALTER TABLE document_recipient
    ADD COLUMN posted_on date,
    ADD COLUMN posted_by bigint REFERENCES account ON DELETE SET NULL,
    ADD COLUMN recalled_at timestamptz,
    ADD COLUMN recalled_by bigint REFERENCES account ON DELETE SET NULL,
    ADD COLUMN recall_reason text NOT NULL DEFAULT '';

ALTER TABLE notice ADD COLUMN came_back_at timestamptz;

CREATE TABLE letter_recipient (
    id bigserial PRIMARY KEY,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    letter text NOT NULL,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    served_at timestamptz NOT NULL,
    notice bigint REFERENCES notice ON DELETE SET NULL,
    first_opened_at timestamptz,
    posted_on date,
    posted_by bigint REFERENCES account ON DELETE SET NULL
);

-- Somebody from whom a document was taken back may be given it again: that is another row.
DROP INDEX document_recipient_place;
CREATE UNIQUE INDEX document_recipient_place ON document_recipient (document, account) WHERE recalled_at IS NULL;
CREATE INDEX document_recipient_document ON document_recipient (document);

CREATE UNIQUE INDEX letter_recipient_place ON letter_recipient (letter, account);
CREATE INDEX letter_recipient_account ON letter_recipient (account);
CREATE INDEX letter_recipient_child ON letter_recipient (child);
CREATE INDEX letter_recipient_unopened ON letter_recipient (served_at) WHERE first_opened_at IS NULL;
CREATE INDEX account_wish_paper ON account_wish (account) WHERE wish = 'paper';
