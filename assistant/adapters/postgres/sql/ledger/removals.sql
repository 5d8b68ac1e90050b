-- Documents that the covered files held, hold no longer, and no other file holds as they are stored; and how many
-- documents the covered files held.
SELECT coalesce(array_agg(id ORDER BY id) FILTER (
           WHERE NOT id = ANY(%(present)s) AND NOT EXISTS (
               SELECT FROM document_source AS other
               WHERE other.document_id = id AND NOT other.path = ANY(%(covered)s) AND other.content_hash = document.content_hash)),
           '{}'), count(*)
FROM document
WHERE id IN (SELECT document_id FROM document_source WHERE path = ANY(%(covered)s))
