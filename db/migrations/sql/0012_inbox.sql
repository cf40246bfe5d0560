-- Answer templates, assignment, internal notes.
SELECT 1;
