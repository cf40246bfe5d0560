-- Whoever says yes under another name than the invited one waits until a manager has confirmed who they are.
ALTER TABLE organisation_member DROP CONSTRAINT organisation_member_state;
ALTER TABLE organisation_member ADD CONSTRAINT organisation_member_state
    CHECK (state IN ('invited', 'waiting', 'active', 'ended'));
CREATE INDEX organisation_member_waiting ON organisation_member (account) WHERE state = 'waiting';
