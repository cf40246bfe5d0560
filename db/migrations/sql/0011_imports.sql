-- Files of children, adults and cases, read and checked before they are taken in. The rows go when it is done.
CREATE TABLE import_batch (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    filename text NOT NULL,
    team bigint REFERENCES team ON DELETE RESTRICT,
    uploaded_by bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    uploaded_at timestamptz NOT NULL,
    started_by bigint REFERENCES account ON DELETE RESTRICT,
    state text NOT NULL,
    join_matched boolean NOT NULL DEFAULT true,
    row_count integer NOT NULL,
    new_children integer NOT NULL,
    matched_rows integer NOT NULL,
    new_invitations integer NOT NULL,
    joining_invitations integer NOT NULL,
    left_out integer NOT NULL,
    bad_rows integer NOT NULL,
    done_rows integer NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    touched_at timestamptz NOT NULL,
    finished_at timestamptz,
    note text NOT NULL DEFAULT ''
);

CREATE TABLE import_row (
    id bigserial PRIMARY KEY,
    import_batch bigint NOT NULL REFERENCES import_batch ON DELETE CASCADE,
    line integer NOT NULL,
    kind text NOT NULL,
    data jsonb NOT NULL
);

CREATE TABLE import_problem (
    id bigserial PRIMARY KEY,
    import_batch bigint NOT NULL REFERENCES import_batch ON DELETE CASCADE,
    line integer NOT NULL,
    column_name text NOT NULL,
    reason text NOT NULL,
    value text NOT NULL
);

ALTER TABLE import_batch ADD CONSTRAINT import_batch_state
    CHECK (state IN ('checked', 'queued', 'running', 'done', 'failed', 'cancelled', 'expired'));

CREATE INDEX import_batch_team ON import_batch (team, id);
CREATE INDEX import_batch_open ON import_batch (touched_at) WHERE state IN ('checked', 'queued', 'running', 'failed');
CREATE INDEX import_row_kind ON import_row (import_batch, kind, line);
CREATE INDEX import_problem_batch ON import_problem (import_batch, id);
