-- Counts the changes of what can be found: whoever keeps anything made of the corpus in memory, such as a running server its
-- names, sees by this one number that it is out of date. Polled and not notified: NOTIFY passes neither a pooler of
-- transactions nor a standby.
CREATE TABLE corpus_revision (
    one_row  boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    revision bigint NOT NULL
);
INSERT INTO corpus_revision (revision) VALUES (1);
