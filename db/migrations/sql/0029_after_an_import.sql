-- Where a case came in, adults who are kept unsent, and which import brought a child or an invitation.
ALTER TABLE ehc_case ADD COLUMN came_in_at text NOT NULL DEFAULT '';

ALTER TABLE child ADD COLUMN import_batch bigint REFERENCES import_batch ON DELETE RESTRICT;
ALTER TABLE invitation ADD COLUMN import_batch bigint REFERENCES import_batch ON DELETE RESTRICT;
CREATE INDEX child_import ON child (import_batch) WHERE import_batch IS NOT NULL;
CREATE INDEX invitation_import ON invitation (import_batch) WHERE import_batch IS NOT NULL;

-- A code that was never sent ran out in the moment in which it was made.
UPDATE invitation SET state = 'kept' WHERE state = 'code_sent' AND code_version = 1 AND code_expires_at = created_at;

-- A case that came in later than at its beginning was moved in the moment in which it was opened.
UPDATE ehc_case k SET came_in_at = substr(d.kind, 10) FROM case_decision d
WHERE d.ehc_case = k.id AND d.recorded_at = k.opened_at AND d.kind LIKE 'moved\_to\_%';

ALTER TABLE import_batch ADD COLUMN undone_at timestamptz;
ALTER TABLE import_batch DROP CONSTRAINT import_batch_state;
ALTER TABLE import_batch ADD CONSTRAINT import_batch_state
    CHECK (state IN ('checked', 'queued', 'running', 'done', 'failed', 'cancelled', 'expired', 'undone'));

-- What was checked before knows less of a row than is asked for now: such a file is uploaded once more.
UPDATE import_batch SET state = 'expired' WHERE state IN ('checked', 'queued', 'running', 'failed');
DELETE FROM import_row;
DELETE FROM import_problem;
