CREATE TABLE audit_entry (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    event text NOT NULL,
    actor bigint,
    child bigint,
    subject text NOT NULL,
    detail_hash bytea NOT NULL,
    mac bytea NOT NULL
);

CREATE TABLE audit_detail (
    id bigserial PRIMARY KEY,
    entry bigint NOT NULL UNIQUE REFERENCES audit_entry ON DELETE RESTRICT,
    salt bytea NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE audit_head (
    id bigserial PRIMARY KEY,
    mac bytea NOT NULL
);

CREATE INDEX audit_entry_child ON audit_entry (child, id) WHERE child IS NOT NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor, id) WHERE actor IS NOT NULL;

INSERT INTO audit_head (mac) VALUES ('\x');

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or deleted';
END
$$;

CREATE TRIGGER audit_entry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
