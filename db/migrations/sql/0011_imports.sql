-- Files of children, adults and cases, read before they are taken in.
SELECT 1;
