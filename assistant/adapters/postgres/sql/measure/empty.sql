-- A store as it is before the first ingest: for measurements in a database of their own.
TRUNCATE document, housing, listing, unit_type, nearby, chunk, embedding, embedding_mean, posting, frequent_term, term,
    document_source, source_file, ingest_run, tombstone, verification
