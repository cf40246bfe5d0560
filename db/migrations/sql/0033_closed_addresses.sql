-- A manager finds a closed account by the whole address that it had.
CREATE INDEX account_closed_address ON account (lower(email)) WHERE email_key LIKE 'closed:%';
