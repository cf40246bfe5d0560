-- An explanation of a late date can be taken back, as decisions and exceptions can.
ALTER TABLE case_explanation
    ADD COLUMN public_id text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    ADD COLUMN struck_at timestamptz,
    ADD COLUMN struck_by bigint REFERENCES account ON DELETE RESTRICT,
    ADD COLUMN strike_reason text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX case_explanation_public_id ON case_explanation (public_id);
