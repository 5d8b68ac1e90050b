-- Documents whose id, names or text hold `text`; of one domain and one state, where these are given. `found` is how many.
SELECT d.id, d.domain, d.source_id, d.name_ko, d.name_en, d.origin, d.ingested_at, d.superseded_by, h.receipt_end,
       (SELECT count(*) FROM chunk c WHERE c.document_id = d.id) AS chunks,
       (SELECT count(*) FROM chunk c LEFT JOIN embedding e ON e.chunk_id = c.id
        WHERE c.document_id = d.id AND e.centred IS NULL) AS unembedded,
       count(*) OVER () AS found
FROM document d
LEFT JOIN housing h ON h.document_id = d.id
WHERE (%(domain)s = '' OR d.domain = %(domain)s)
  AND CASE %(state)s
        WHEN 'closed' THEN h.receipt_end < %(today)s
        WHEN 'superseded' THEN d.superseded_by IS NOT NULL
        WHEN 'unembedded' THEN EXISTS (SELECT FROM chunk c LEFT JOIN embedding e ON e.chunk_id = c.id
                                       WHERE c.document_id = d.id AND e.centred IS NULL)
        ELSE true END
  AND (%(text)s = ''
       OR position(lower(%(text)s) IN lower(concat_ws(' ', d.id, d.name_ko, d.name_en, array_to_string(d.aliases, ' ')))) > 0
       OR EXISTS (SELECT FROM chunk c WHERE c.document_id = d.id AND position(lower(%(text)s) IN lower(c.text)) > 0))
ORDER BY d.domain, d.name_ko, d.id
LIMIT %(limit)s OFFSET %(offset)s;
