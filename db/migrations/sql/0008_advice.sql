-- Requests for an assessment: what is being typed, and what was sent.
CREATE TABLE assessment_draft (
    id bigserial PRIMARY KEY,
    account bigint NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE,
    typed jsonb NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL
);

CREATE TABLE assessment_request (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    account bigint REFERENCES account ON DELETE SET NULL,
    answers jsonb NOT NULL DEFAULT '{}',
    sent_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX assessment_request_case ON assessment_request (ehc_case);
CREATE INDEX assessment_request_account ON assessment_request (account, sent_at DESC);
CREATE INDEX child_namesake ON child (date_of_birth, lower(surname), lower(forename));

-- Who is asked for advice, and what comes back.
CREATE TABLE adviser (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    asked_on date NOT NULL,
    asked_by bigint REFERENCES account ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL,
    reminded_on date,
    returned_on date,
    note text NOT NULL,
    document bigint REFERENCES document ON DELETE SET NULL,
    exception_kind text NOT NULL,
    exception_reason text NOT NULL
);

CREATE TABLE adviser_wish (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    account bigint REFERENCES account ON DELETE SET NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    why text NOT NULL,
    asked_at timestamptz NOT NULL,
    adviser bigint REFERENCES adviser ON DELETE SET NULL,
    answer text NOT NULL,
    reason text NOT NULL,
    answered_at timestamptz,
    answered_by bigint REFERENCES account ON DELETE RESTRICT
);

ALTER TABLE adviser_wish ADD CONSTRAINT adviser_wish_answer CHECK (answer IN ('', 'asked', 'not_asked'));

CREATE INDEX adviser_case ON adviser (ehc_case, asked_on);
CREATE INDEX adviser_wish_case ON adviser_wish (ehc_case, asked_at);
