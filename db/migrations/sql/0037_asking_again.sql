-- A case may have several requests: whoever asks while it runs is heard in it. A professional may ask through where they work.
DROP INDEX assessment_request_case;
CREATE INDEX assessment_request_case ON assessment_request (ehc_case, sent_at DESC);

ALTER TABLE assessment_request ADD COLUMN organisation bigint REFERENCES organisation ON DELETE SET NULL;
CREATE INDEX assessment_request_organisation ON assessment_request (organisation) WHERE organisation IS NOT NULL;
