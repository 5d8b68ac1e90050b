-- Documents that the verified files held and hold no longer, and documents of which no file is known.
SELECT CASE WHEN EXISTS (SELECT FROM document_source s WHERE s.document_id = d.id) THEN 'extra' ELSE 'orphan' END, 'document',
       d.id, d.id, '{}'::text[]
FROM document d
WHERE NOT d.id = ANY(%(present)s)
  AND NOT EXISTS (SELECT FROM document_source s WHERE s.document_id = d.id AND NOT s.path = ANY(%(covered)s))
ORDER BY d.id
