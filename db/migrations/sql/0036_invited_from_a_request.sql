-- Whom a professional named in a request for an assessment, and the invitation that the team sent them from there.
CREATE TABLE request_invitation (
    id bigserial PRIMARY KEY,
    request bigint NOT NULL REFERENCES assessment_request ON DELETE CASCADE,
    adult integer NOT NULL,
    invitation bigint NOT NULL REFERENCES invitation ON DELETE CASCADE
);

CREATE UNIQUE INDEX request_invitation_adult ON request_invitation (request, adult);
CREATE INDEX request_invitation_invitation ON request_invitation (invitation);
