-- Work that opens by itself, and who stands in for whom.
SELECT 1;
