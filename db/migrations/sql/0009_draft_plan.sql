-- A draft plan, served on each adult, and what they say about it.
SELECT 1;
