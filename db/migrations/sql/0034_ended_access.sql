-- Tasks ask which children a closed account saw until it was closed.
CREATE INDEX relationship_ended ON relationship (account) WHERE state = 'ended';
