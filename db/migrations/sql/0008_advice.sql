-- Who is asked for advice, and what comes back.
SELECT 1;
