-- Schools and services, and who works there.
SELECT 1;
