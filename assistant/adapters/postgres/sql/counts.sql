SELECT domain, count(DISTINCT document.id), count(chunk.id), count(embedding.chunk_id), count(embedding.centred)
FROM document
LEFT JOIN chunk ON chunk.document_id = document.id
LEFT JOIN embedding ON embedding.chunk_id = chunk.id
GROUP BY domain
ORDER BY domain
