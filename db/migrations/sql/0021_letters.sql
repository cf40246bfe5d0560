-- Every request of a child can be named in an address, so that what follows an earlier refusal is recorded there.
-- An exception recorded by mistake is struck out; why it was recorded stays with the team, `told` is for the family.
ALTER TABLE ehc_case ADD COLUMN public_id text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '');

CREATE UNIQUE INDEX ehc_case_public_id ON ehc_case (public_id);

ALTER TABLE case_exception
    ADD COLUMN told text NOT NULL DEFAULT '',
    ADD COLUMN struck_at timestamptz,
    ADD COLUMN struck_by bigint REFERENCES account ON DELETE RESTRICT,
    ADD COLUMN strike_reason text NOT NULL DEFAULT '';
