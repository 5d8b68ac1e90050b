WITH orphaned_posting AS (DELETE FROM posting WHERE chunk_id NOT IN (SELECT id FROM chunk)),
     orphaned_embedding AS (DELETE FROM embedding WHERE chunk_id NOT IN (SELECT id FROM chunk))
DELETE FROM chunk WHERE document_id NOT IN (SELECT id FROM document)
