-- Text and vector of every chunk of some documents, so that a chunk that stays as it is need not be embedded again.
SELECT c.text, e.raw FROM chunk c JOIN embedding e ON e.chunk_id = c.id WHERE c.document_id = ANY (%s);
