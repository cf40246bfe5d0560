-- Saved views of the caseload.
CREATE TABLE saved_view (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    name text NOT NULL,
    asked text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX saved_view_name ON saved_view (account, lower(name));
