-- Chunks, vectors, postings and attributes go with it.
DELETE FROM document WHERE id = ANY(%s)
