-- Vectors that workers have computed for an ingest which has not fetched them yet: see adapters/embedding_queue.py.
CREATE TABLE queued_vector (
    model  text NOT NULL,
    key    bytea NOT NULL,                       -- SHA-256 of the text
    vector halfvec NOT NULL,                     -- as the model gave it
    PRIMARY KEY (model, key)
);
