-- Which file of repeatable/ defines what there is now. And a kind of place is what the declaration of attributes says,
-- not what a migration once listed.
CREATE TABLE repeatable (
    name       text PRIMARY KEY,
    sha256     bytea NOT NULL,               -- of the file: another one is applied anew
    applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE nearby DROP CONSTRAINT nearby_kind_check;
