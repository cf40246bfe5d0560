-- Why a date is late, for no reason that the law knows: what the family was told, and the new target. No exception.
CREATE TABLE case_explanation (
    id bigserial PRIMARY KEY,
    ehc_case bigint NOT NULL REFERENCES ehc_case ON DELETE CASCADE,
    duty text NOT NULL,
    told text NOT NULL,
    new_target date NOT NULL,
    explained_on date NOT NULL,
    recorded_by bigint REFERENCES account ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL
);

CREATE INDEX case_explanation_case ON case_explanation (ehc_case);
