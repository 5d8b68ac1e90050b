-- From here to the end of the transaction, "embedding" and "embedding_mean" are those being built.
SET LOCAL search_path = next_index, public
