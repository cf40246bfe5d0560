-- Nobody read when somebody had last typed their password: what needs it asks for it.
ALTER TABLE session DROP COLUMN reauthenticated_at;

-- Everything about a person: what was sent to an address before it had an account, and the invitations they answered.
CREATE INDEX notice_address ON notice (lower(email)) WHERE account IS NULL;
CREATE INDEX invitation_answered ON invitation (answered_by) WHERE answered_by IS NOT NULL;

-- Accounts that were closed and forgotten: the list of emails to them is swept away.
CREATE INDEX account_forgotten ON account (id) WHERE email = '';
