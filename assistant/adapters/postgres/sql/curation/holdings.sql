-- Per domain: documents, those superseded, chunks, chunks without a vector, and notices whose period has ended by `today`.
SELECT d.domain, count(DISTINCT d.id) AS documents, count(DISTINCT d.id) FILTER (WHERE d.superseded_by IS NOT NULL) AS superseded,
       count(c.id) AS chunks, count(c.id) FILTER (WHERE e.centred IS NULL) AS unembedded,
       count(DISTINCT h.document_id) FILTER (WHERE h.receipt_end < %(today)s) AS closed,
       max(h.announced) AS newest, max(d.ingested_at) AS written
FROM document d
LEFT JOIN housing h ON h.document_id = d.id
LEFT JOIN chunk c ON c.document_id = d.id
LEFT JOIN embedding e ON e.chunk_id = c.id
GROUP BY d.domain
ORDER BY d.domain;
