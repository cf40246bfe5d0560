CREATE TABLE document (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    file bigint NOT NULL REFERENCES stored_file ON DELETE RESTRICT,
    description text NOT NULL,
    document_date date NOT NULL,
    uploaded_by bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    uploaded_at timestamptz NOT NULL,
    published_at timestamptz,
    published_by bigint REFERENCES account ON DELETE RESTRICT,
    recalled_at timestamptz,
    recalled_by bigint REFERENCES account ON DELETE RESTRICT,
    recall_reason text NOT NULL
);

CREATE TABLE document_recipient (
    id bigserial PRIMARY KEY,
    document bigint NOT NULL REFERENCES document ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    served_at timestamptz NOT NULL,
    notice bigint REFERENCES notice ON DELETE SET NULL,
    first_opened_at timestamptz
);

CREATE TABLE action (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    form_key text NOT NULL,
    form_version integer NOT NULL DEFAULT 0,
    due_on date,
    state text NOT NULL,
    answers jsonb NOT NULL DEFAULT '{}',
    assigned_by bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    assigned_at timestamptz NOT NULL,
    saved_at timestamptz,
    submitted_at timestamptz,
    reference text NOT NULL,
    read_at timestamptz,
    read_by bigint REFERENCES account ON DELETE SET NULL
);

CREATE TABLE action_file (
    id bigserial PRIMARY KEY,
    action bigint NOT NULL REFERENCES action ON DELETE CASCADE,
    file bigint NOT NULL REFERENCES stored_file ON DELETE CASCADE
);

ALTER TABLE action ADD CONSTRAINT action_state
    CHECK (state IN ('to_do', 'in_progress', 'submitted', 'withdrawn'));

CREATE INDEX document_child ON document (child, published_at DESC);
CREATE INDEX document_added ON document (child, uploaded_at DESC, id DESC);
CREATE INDEX document_published ON document (published_at) WHERE recalled_at IS NULL;
CREATE INDEX document_file ON document (file);
CREATE INDEX stored_file_pending ON stored_file (created_at) WHERE scan_state = 'pending';
CREATE UNIQUE INDEX document_recipient_place ON document_recipient (document, account);
CREATE INDEX document_recipient_account ON document_recipient (account);
CREATE INDEX action_place ON action (child, account, state);
CREATE UNIQUE INDEX action_reference ON action (reference) WHERE reference <> '';
CREATE INDEX action_file_action ON action_file (action);
CREATE INDEX action_file_file ON action_file (file);
