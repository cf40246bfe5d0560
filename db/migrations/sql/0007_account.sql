-- What somebody wants otherwise than usual: no email about a topic, or letters on paper.
CREATE TABLE account_wish (
    id bigserial PRIMARY KEY,
    account bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    wish text NOT NULL,
    since timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_wish_once ON account_wish (account, wish);
