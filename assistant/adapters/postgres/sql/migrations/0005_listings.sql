-- What questions about marketplace posts filter and sort by. NULL = unknown, and an unknown never matches.
CREATE TABLE listing (
    document_id text PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    kinds       text[] NOT NULL,                 -- keys of prompts/listings.yaml, narrowest first
    price       bigint,                          -- won; 0 = given away
    free        boolean NOT NULL,
    negotiable  boolean NOT NULL,
    status      text CHECK (status IN ('on_sale', 'reserved', 'sold')),
    sido        text NOT NULL,
    sigungu     text NOT NULL,
    dong        text NOT NULL,
    flags       text[] NOT NULL                  -- contact, prohibited:KIND
);
CREATE INDEX ON listing USING gin (kinds);
