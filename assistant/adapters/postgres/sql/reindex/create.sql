-- Vectors of another model, beside those that are searched. A chunk that is replaced or removed takes its vector along.
CREATE SCHEMA next_index;
CREATE TABLE next_index.embedding (LIKE embedding INCLUDING DEFAULTS INCLUDING STORAGE);
ALTER TABLE next_index.embedding
    ALTER COLUMN centred TYPE halfvec,           -- of any length again
    ADD PRIMARY KEY (chunk_id),
    ADD FOREIGN KEY (chunk_id) REFERENCES chunk ON DELETE CASCADE;
CREATE INDEX ON next_index.embedding (language, text_hash, chunk_id);
CREATE INDEX ON next_index.embedding (chunk_id) WHERE centred IS NULL;
CREATE TABLE next_index.embedding_mean (LIKE embedding_mean INCLUDING ALL);
