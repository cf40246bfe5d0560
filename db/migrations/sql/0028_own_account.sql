-- Nobody read when somebody had last typed their password: what needs it asks for it.
ALTER TABLE session DROP COLUMN reauthenticated_at;
