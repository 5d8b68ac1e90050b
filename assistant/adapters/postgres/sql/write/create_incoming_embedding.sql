CREATE TEMPORARY TABLE incoming_embedding (
    chunk_id text NOT NULL, language text NOT NULL, raw halfvec NOT NULL, text_hash bytea NOT NULL
) ON COMMIT DROP
