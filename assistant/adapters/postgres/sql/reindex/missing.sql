-- Chunks that have no vector of the new model yet.
SELECT c.id, c.language, c.text
FROM chunk c LEFT JOIN next_index.embedding e ON e.chunk_id = c.id
WHERE e.chunk_id IS NULL
ORDER BY c.id
