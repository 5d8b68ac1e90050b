-- What the covered files do not hold (any longer).
DELETE FROM document_source
WHERE path = ANY(%(covered)s)
  AND (document_id, path) NOT IN (SELECT * FROM unnest(%(documents)s::text[], %(paths)s::text[]))
