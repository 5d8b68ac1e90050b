-- From here to the end of the transaction, "embedding" and "embedding_mean" are those of this schema.
SELECT set_config('search_path', %s || ', public', true)
