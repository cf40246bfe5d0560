-- Answer templates, assignment, internal notes.
CREATE TABLE answer_template (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    name text NOT NULL,
    body text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL,
    changed_by bigint REFERENCES account ON DELETE RESTRICT
);

CREATE TABLE case_note (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    author bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    body text NOT NULL,
    written_at timestamptz NOT NULL,
    struck_at timestamptz,
    struck_by bigint REFERENCES account ON DELETE RESTRICT,
    strike_reason text NOT NULL
);

CREATE UNIQUE INDEX answer_template_name ON answer_template (lower(name));
CREATE INDEX case_note_child ON case_note (child, written_at DESC, id DESC);
CREATE INDEX conversation_assigned ON conversation (assigned_to) WHERE assigned_to IS NOT NULL;
