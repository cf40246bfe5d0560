-- What the statutory board counts quickly: decisions of some kinds, since a day, of every case at once.
CREATE INDEX case_decision_kind ON case_decision (kind, happened_on);
