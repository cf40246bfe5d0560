-- What the statutory board counts quickly.
SELECT 1;
