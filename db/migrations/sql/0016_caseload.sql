-- Saved views of the caseload.
SELECT 1;
