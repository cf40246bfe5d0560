-- Whose whereabouts the SEND team must not give away to the other people around a child.
ALTER TABLE relationship ADD COLUMN whereabouts_secret boolean NOT NULL DEFAULT false;

CREATE INDEX relationship_whereabouts ON relationship (child) WHERE whereabouts_secret;
