-- Staff, teams, texts.
SELECT 1;
