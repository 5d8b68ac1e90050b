-- Every comparison of the sources with the store, and what it found: how often it must be done follows from it.
CREATE TABLE verification (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now(),
    rows        bigint NOT NULL,                 -- that were stored
    wrong       bigint NOT NULL,                 -- rows that were missing, extra or not as they should be
    repaired    boolean NOT NULL                 -- all of them, afterwards
);
