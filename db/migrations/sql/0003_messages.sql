CREATE TABLE message_type (
    id bigserial PRIMARY KEY,
    name text NOT NULL UNIQUE,
    position integer NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE conversation (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    message_type text NOT NULL,
    subject text NOT NULL,
    started_at timestamptz NOT NULL,
    last_message_at timestamptz NOT NULL,
    waiting_since timestamptz,
    assigned_to bigint REFERENCES account ON DELETE SET NULL
);

CREATE TABLE message (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    conversation bigint NOT NULL REFERENCES conversation ON DELETE CASCADE,
    sender bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    from_staff boolean NOT NULL DEFAULT false,
    body text NOT NULL,
    sent_at timestamptz NOT NULL,
    read_at timestamptz,
    read_by bigint REFERENCES account ON DELETE SET NULL
);

CREATE TABLE message_draft (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    conversation bigint REFERENCES conversation ON DELETE CASCADE,
    recipient bigint REFERENCES account ON DELETE CASCADE,
    message_type text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE stored_file (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    uploaded_by bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    name text NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL DEFAULT 0,
    sha256 text NOT NULL,
    stored_as text NOT NULL,
    scan_state text NOT NULL,
    scan_detail text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE attachment (
    id bigserial PRIMARY KEY,
    file bigint NOT NULL REFERENCES stored_file ON DELETE CASCADE,
    message bigint REFERENCES message ON DELETE CASCADE,
    draft bigint REFERENCES message_draft ON DELETE SET NULL
);

CREATE TABLE notice (
    id bigserial PRIMARY KEY,
    kind text NOT NULL,
    account bigint REFERENCES account ON DELETE SET NULL,
    email text NOT NULL,
    about jsonb NOT NULL DEFAULT '{}',
    queued_at timestamptz NOT NULL,
    sent_at timestamptz,
    result text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    held_until timestamptz
);

CREATE TABLE demo_mail (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    sent_to text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    sent_at timestamptz NOT NULL
);

CREATE INDEX conversation_place ON conversation (child, account, last_message_at DESC);
CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX message_conversation ON message (conversation, sent_at, id);
CREATE INDEX message_unread ON message (conversation) WHERE read_at IS NULL;
CREATE UNIQUE INDEX message_draft_place
    ON message_draft (account, child, coalesce(conversation, 0), coalesce(recipient, 0));
CREATE INDEX stored_file_child ON stored_file (child);
CREATE INDEX attachment_message ON attachment (message);
CREATE INDEX attachment_draft ON attachment (draft);
CREATE INDEX attachment_file ON attachment (file);
CREATE INDEX notice_waiting ON notice (queued_at) WHERE result = '';
CREATE INDEX demo_mail_sent_at ON demo_mail (sent_at DESC, id DESC);
