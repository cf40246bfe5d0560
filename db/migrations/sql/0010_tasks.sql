-- Work that opens by itself. A row stands for one reason: it stays current until the reason has gone.
CREATE TABLE task (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE DEFAULT replace(gen_random_uuid()::text, '-', ''),
    kind text NOT NULL,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    ehc_case bigint REFERENCES ehc_case ON DELETE CASCADE,
    subject text NOT NULL,
    recipient bigint REFERENCES account ON DELETE CASCADE,
    opened_at timestamptz NOT NULL,
    due_on date,
    done_at timestamptz,
    done_by bigint REFERENCES account ON DELETE SET NULL,
    done_how text NOT NULL DEFAULT '',
    gone_at timestamptz
);

CREATE UNIQUE INDEX task_reason ON task (kind, subject, coalesce(recipient, 0)) WHERE gone_at IS NULL;
CREATE INDEX task_open ON task (coalesce(due_on, DATE '9999-12-31'), id) WHERE done_at IS NULL;
CREATE INDEX task_done ON task (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX task_child ON task (child);
CREATE INDEX task_case ON task (ehc_case);
CREATE INDEX task_recipient ON task (recipient);

-- What opens a task must be found without reading whole tables.
CREATE INDEX child_born ON child (date_of_birth);
CREATE INDEX document_recipient_unopened ON document_recipient (served_at) WHERE first_opened_at IS NULL;
CREATE INDEX invitation_unanswered ON invitation (child) WHERE state IN ('code_sent', 'locked', 'verified', 'invited');
CREATE INDEX notice_undelivered ON notice (queued_at) WHERE result IN ('bounced', 'given_up');
CREATE INDEX notice_account ON notice (account, queued_at) WHERE account IS NOT NULL;
CREATE INDEX notice_invitation ON notice ((about->>'invitation'), queued_at) WHERE account IS NULL;
