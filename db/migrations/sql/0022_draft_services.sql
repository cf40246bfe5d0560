-- How a draft was served on each adult, the email about it, and a service that was recorded by mistake.
-- A comment is kept before somebody has said whether they agree.
ALTER TABLE draft_plan_recipient
    ADD COLUMN on_paper boolean NOT NULL DEFAULT false,
    ADD COLUMN notice bigint REFERENCES notice ON DELETE SET NULL,
    ADD COLUMN struck_at timestamptz,
    ADD COLUMN struck_by bigint REFERENCES account ON DELETE SET NULL,
    ADD COLUMN strike_reason text NOT NULL DEFAULT '';

ALTER TABLE draft_plan_response ALTER COLUMN agrees DROP NOT NULL;

DROP INDEX draft_plan_recipient_place;
CREATE INDEX draft_plan_recipient_place ON draft_plan_recipient (draft_plan, account);
CREATE UNIQUE INDEX draft_plan_recipient_stands ON draft_plan_recipient (draft_plan, account) WHERE struck_at IS NULL;
CREATE INDEX draft_plan_recipient_notice ON draft_plan_recipient (notice);
