-- The account: own email, notices, closing.
SELECT 1;
