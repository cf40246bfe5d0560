-- Whether children for whom an assessment is asked for come to this team by themselves.
ALTER TABLE team ADD COLUMN takes_new_requests boolean NOT NULL DEFAULT true;

-- Today asks for advice that has not come, and for families that wait for an answer.
CREATE INDEX adviser_waiting ON adviser (asked_on) WHERE returned_on IS NULL;
CREATE INDEX adviser_wish_waiting ON adviser_wish (asked_at) WHERE answer = '';
