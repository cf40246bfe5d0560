-- A reason in law why an adviser may be late: its days, the day that is aimed for instead, and who decided it.
ALTER TABLE adviser ADD COLUMN exception_starts date;
ALTER TABLE adviser ADD COLUMN exception_ends date;
ALTER TABLE adviser ADD COLUMN exception_target date;
ALTER TABLE adviser ADD COLUMN exception_approved_by text NOT NULL DEFAULT '';
