CREATE TABLE team (
    id bigserial PRIMARY KEY,
    name text NOT NULL UNIQUE,
    phone text NOT NULL,
    email text NOT NULL
);

CREATE TABLE account (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    role text NOT NULL,
    team bigint REFERENCES team ON DELETE RESTRICT,
    forename text NOT NULL,
    surname text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    password_changed_at timestamptz NOT NULL,
    is_professional boolean NOT NULL DEFAULT false,
    organisation text NOT NULL,
    job_title text NOT NULL,
    property_name text NOT NULL,
    house text NOT NULL,
    street text NOT NULL,
    area text NOT NULL,
    town text NOT NULL,
    county text NOT NULL,
    postcode text NOT NULL,
    telephone text NOT NULL,
    date_of_birth date,
    is_young_person boolean NOT NULL DEFAULT false,
    totp_secret text NOT NULL,
    totp_last_step integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);

CREATE TABLE previous_password (
    id bigserial PRIMARY KEY,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    password_hash text NOT NULL,
    replaced_at timestamptz NOT NULL
);

CREATE TABLE session (
    id bigserial PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    stage text NOT NULL,
    account bigint REFERENCES account ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    reauthenticated_at timestamptz,
    user_agent text NOT NULL,
    next_url text NOT NULL,
    invitation text NOT NULL,
    flash text NOT NULL,
    totp_pending text NOT NULL DEFAULT ''
);

CREATE TABLE registration (
    id bigserial PRIMARY KEY,
    session bigint NOT NULL UNIQUE REFERENCES session ON DELETE CASCADE,
    details jsonb NOT NULL DEFAULT '{}',
    email text NOT NULL,
    password_hash text NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE code_challenge (
    id bigserial PRIMARY KEY,
    session bigint NOT NULL REFERENCES session ON DELETE CASCADE,
    purpose text NOT NULL,
    account bigint REFERENCES account ON DELETE CASCADE,
    email text NOT NULL,
    secret text NOT NULL,
    counter integer NOT NULL DEFAULT 0,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    used_at timestamptz
);

CREATE TABLE throttle (
    id bigserial PRIMARY KEY,
    key text NOT NULL UNIQUE,
    used integer NOT NULL DEFAULT 0,
    window_ends_at timestamptz NOT NULL,
    blocked_until timestamptz
);

CREATE TABLE once (
    id bigserial PRIMARY KEY,
    key bytea NOT NULL UNIQUE,
    result text NOT NULL,
    at timestamptz NOT NULL
);

ALTER TABLE account ADD CONSTRAINT account_role
    CHECK (role IN ('family', 'caseworker', 'manager', 'administrator'));
ALTER TABLE session ADD CONSTRAINT session_stage CHECK (stage IN ('visitor', 'half', 'full'));
ALTER TABLE session ADD CONSTRAINT session_full_has_account CHECK (stage = 'visitor' OR account IS NOT NULL);

CREATE INDEX account_staff ON account (team) WHERE role <> 'family';
CREATE INDEX previous_password_account ON previous_password (account, replaced_at DESC);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_ends_at ON session (ends_at);
CREATE UNIQUE INDEX code_challenge_place ON code_challenge (session, purpose);
CREATE INDEX throttle_window ON throttle (window_ends_at);
CREATE INDEX once_at ON once (at);

CREATE TABLE kept_form (
    id bigserial PRIMARY KEY,
    session bigint NOT NULL UNIQUE REFERENCES session ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    path text NOT NULL,
    fields jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL
);
