CREATE TABLE child (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    case_reference text NOT NULL UNIQUE,
    forename text NOT NULL,
    surname text NOT NULL,
    date_of_birth date NOT NULL,
    team bigint NOT NULL REFERENCES team ON DELETE RESTRICT,
    caseworker bigint REFERENCES account ON DELETE RESTRICT,
    created_at timestamptz NOT NULL,
    created_by bigint REFERENCES account ON DELETE RESTRICT
);

CREATE TABLE ehc_case (
    id bigserial PRIMARY KEY,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    received_on date NOT NULL,
    source text NOT NULL,
    stage text NOT NULL,
    branch text NOT NULL,
    next_deadline date,
    opened_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE case_decision (
    id bigserial PRIMARY KEY,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    kind text NOT NULL,
    happened_on date NOT NULL,
    note text NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE case_exception (
    id bigserial PRIMARY KEY,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    kind text NOT NULL,
    duty text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    reason text NOT NULL,
    revised_target date,
    approved_by text NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE case_date (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    happens_on date NOT NULL,
    title text NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE relationship (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    basis text NOT NULL,
    state text NOT NULL,
    accepted_at timestamptz NOT NULL,
    activated_at timestamptz,
    activated_by bigint REFERENCES account ON DELETE RESTRICT,
    ended_at timestamptz,
    ended_by bigint REFERENCES account ON DELETE RESTRICT,
    end_reason text NOT NULL
);

CREATE TABLE invitation (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    email text NOT NULL,
    email_key text NOT NULL,
    adult_name text NOT NULL,
    basis text NOT NULL,
    state text NOT NULL,
    code_version integer NOT NULL DEFAULT 1,
    code_expires_at timestamptz NOT NULL,
    code_tries integer NOT NULL DEFAULT 0,
    verified_at timestamptz,
    verified_by bigint REFERENCES account ON DELETE RESTRICT,
    identity_method text NOT NULL,
    link_version integer NOT NULL DEFAULT 0,
    link_hash text NOT NULL,
    link_expires_at timestamptz,
    answered_by bigint REFERENCES account ON DELETE SET NULL,
    answered_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by bigint REFERENCES account ON DELETE RESTRICT
);

ALTER TABLE relationship ADD CONSTRAINT relationship_state CHECK (state IN ('waiting', 'active', 'ended'));

CREATE INDEX child_team ON child (team, id);
CREATE INDEX child_caseworker ON child (caseworker, id);
CREATE INDEX child_surname ON child (lower(surname) text_pattern_ops, id);
CREATE INDEX child_forename ON child (lower(forename) text_pattern_ops, id);
CREATE INDEX child_reference ON child (case_reference text_pattern_ops, id);
CREATE INDEX ehc_case_child ON ehc_case (child, received_on DESC);
CREATE INDEX case_decision_case ON case_decision (ehc_case);
CREATE INDEX case_exception_case ON case_exception (ehc_case);
CREATE INDEX case_date_case ON case_date (ehc_case, happens_on);
CREATE UNIQUE INDEX relationship_current ON relationship (account, child) WHERE state <> 'ended';
CREATE INDEX relationship_child ON relationship (child);
CREATE INDEX relationship_waiting ON relationship (accepted_at) WHERE state = 'waiting';
CREATE INDEX invitation_child ON invitation (child);
CREATE UNIQUE INDEX invitation_current ON invitation (child, email_key) WHERE state <> 'withdrawn';
CREATE INDEX invitation_email ON invitation (email_key);
CREATE UNIQUE INDEX invitation_link ON invitation (link_hash) WHERE link_hash <> '';
