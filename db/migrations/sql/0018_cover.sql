-- Who of the SEND team is away, and who answers for their children meanwhile.
CREATE TABLE absence (
    id bigserial PRIMARY KEY,
    public_id text NOT NULL UNIQUE,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    cover bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    from_day date NOT NULL,
    to_day date NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE SET NULL,
    recorded_at timestamptz NOT NULL,
    ended_at timestamptz
);

ALTER TABLE absence ADD CONSTRAINT absence_days CHECK (to_day >= from_day AND cover <> account);

CREATE INDEX absence_account ON absence (account, to_day);
CREATE INDEX absence_cover ON absence (cover, to_day);
