-- A draft plan, served on each adult, and what they say about it.
CREATE TABLE draft_plan (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    child bigint NOT NULL REFERENCES child ON DELETE CASCADE,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    document bigint NOT NULL REFERENCES document ON DELETE CASCADE,
    created_by bigint REFERENCES account ON DELETE SET NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE draft_plan_recipient (
    id bigserial PRIMARY KEY,
    draft_plan bigint NOT NULL REFERENCES draft_plan ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    served_on date NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE SET NULL,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE draft_plan_extension (
    id bigserial PRIMARY KEY,
    recipient bigint NOT NULL REFERENCES draft_plan_recipient ON DELETE CASCADE,
    until date NOT NULL,
    reason text NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE SET NULL,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE draft_plan_response (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    draft_plan bigint NOT NULL REFERENCES draft_plan ON DELETE CASCADE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    part text NOT NULL,
    agrees boolean NOT NULL,
    body text NOT NULL,
    school_name text NOT NULL,
    school_kind text NOT NULL,
    saved_at timestamptz NOT NULL,
    sent_at timestamptz,
    is_late boolean NOT NULL,
    reference text NOT NULL
);

CREATE TABLE draft_plan_answer (
    id bigserial PRIMARY KEY,
    response bigint NOT NULL REFERENCES draft_plan_response ON DELETE CASCADE,
    outcome text NOT NULL,
    body text NOT NULL,
    answered_by bigint REFERENCES account ON DELETE SET NULL,
    answered_at timestamptz NOT NULL
);

CREATE INDEX draft_plan_child ON draft_plan (child, id DESC);
CREATE INDEX draft_plan_case ON draft_plan (ehc_case);
CREATE UNIQUE INDEX draft_plan_document ON draft_plan (document);
CREATE UNIQUE INDEX draft_plan_recipient_place ON draft_plan_recipient (draft_plan, account);
CREATE INDEX draft_plan_recipient_account ON draft_plan_recipient (account);
CREATE INDEX draft_plan_extension_recipient ON draft_plan_extension (recipient);
CREATE INDEX draft_plan_response_place ON draft_plan_response (draft_plan, account, part);
CREATE INDEX draft_plan_response_account ON draft_plan_response (account);
CREATE UNIQUE INDEX draft_plan_response_unsent ON draft_plan_response (draft_plan, account, part) WHERE sent_at IS NULL;
CREATE INDEX draft_plan_answer_response ON draft_plan_answer (response);
