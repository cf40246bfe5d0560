-- What goes when its owner goes must be found without reading a whole table.
CREATE INDEX action_account ON action (account);
CREATE INDEX code_challenge_account ON code_challenge (account);
CREATE INDEX conversation_account ON conversation (account);
CREATE INDEX kept_form_account ON kept_form (account);
CREATE INDEX message_draft_child ON message_draft (child);
CREATE INDEX message_draft_conversation ON message_draft (conversation);
CREATE INDEX message_draft_recipient ON message_draft (recipient);
