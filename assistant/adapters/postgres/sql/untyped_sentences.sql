-- Of the sentences that are written from records, how many have no typed values, and how many there are.
SELECT count(*) FILTER (WHERE NOT sentence ? 'values'), count(*)
FROM document JOIN chunk ON chunk.document_id = document.id, jsonb_array_elements(chunk.sentences) AS sentence
WHERE document.domain = 'housing'
