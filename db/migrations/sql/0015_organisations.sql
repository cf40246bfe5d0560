-- Schools and services, who works there, and which children they work with.
CREATE TABLE organisation (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by bigint REFERENCES account ON DELETE RESTRICT
);

CREATE TABLE organisation_member (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    organisation bigint NOT NULL REFERENCES organisation ON DELETE CASCADE,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    identity_method text NOT NULL,
    state text NOT NULL,
    account bigint REFERENCES account ON DELETE SET NULL,
    invited_at timestamptz NOT NULL,
    invited_by bigint REFERENCES account ON DELETE RESTRICT,
    expires_at timestamptz NOT NULL,
    joined_at timestamptz,
    ended_at timestamptz,
    ended_by bigint REFERENCES account ON DELETE RESTRICT,
    end_reason text NOT NULL
);

CREATE TABLE organisation_child (
    id bigserial PRIMARY KEY,
    organisation bigint NOT NULL REFERENCES organisation ON DELETE CASCADE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    since timestamptz NOT NULL,
    added_by bigint REFERENCES account ON DELETE RESTRICT,
    ended_at timestamptz,
    ended_by bigint REFERENCES account ON DELETE RESTRICT
);

ALTER TABLE organisation_member ADD CONSTRAINT organisation_member_state
    CHECK (state IN ('invited', 'active', 'ended'));

-- Access that a person has because of where they work ends with the work, or with the child's place there.
ALTER TABLE relationship ADD COLUMN organisation bigint REFERENCES organisation ON DELETE RESTRICT;

CREATE UNIQUE INDEX organisation_name ON organisation (lower(name));
CREATE UNIQUE INDEX organisation_member_current ON organisation_member (organisation, email_key) WHERE state <> 'ended';
CREATE INDEX organisation_member_email ON organisation_member (email_key) WHERE state = 'invited';
CREATE INDEX organisation_member_account ON organisation_member (account) WHERE state = 'active';
CREATE UNIQUE INDEX organisation_child_current ON organisation_child (organisation, child) WHERE ended_at IS NULL;
CREATE INDEX organisation_child_child ON organisation_child (child);
CREATE INDEX relationship_organisation ON relationship (organisation) WHERE organisation IS NOT NULL;
