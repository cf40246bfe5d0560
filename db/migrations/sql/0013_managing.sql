-- Staff, teams, texts: what a manager keeps.
CREATE TABLE stage_text (
    id bigserial PRIMARY KEY,
    stage text NOT NULL,
    part text NOT NULL,
    text text NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by bigint REFERENCES account ON DELETE RESTRICT
);

CREATE TABLE form_switched_off (
    id bigserial PRIMARY KEY,
    form_key text NOT NULL UNIQUE,
    switched_at timestamptz NOT NULL,
    switched_by bigint REFERENCES account ON DELETE RESTRICT
);

ALTER TABLE account ADD COLUMN disabled_reason text NOT NULL DEFAULT '';

CREATE INDEX stage_text_newest ON stage_text (stage, part, id DESC);
CREATE INDEX audit_entry_event ON audit_entry (event text_pattern_ops, id);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX child_without_caseworker ON child (team) WHERE caseworker IS NULL;
