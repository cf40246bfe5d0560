-- Each decision and exception has a letter with an address of its own, and a decision recorded by mistake is struck out.
ALTER TABLE case_decision
    ADD COLUMN public_id text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    ADD COLUMN struck_at timestamptz,
    ADD COLUMN struck_by bigint REFERENCES account ON DELETE RESTRICT,
    ADD COLUMN strike_reason text NOT NULL DEFAULT '';

ALTER TABLE case_exception ADD COLUMN public_id text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '');

CREATE UNIQUE INDEX case_exception_public_id ON case_exception (public_id);
CREATE UNIQUE INDEX case_decision_public_id ON case_decision (public_id);
