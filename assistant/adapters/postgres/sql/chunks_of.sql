-- Every chunk of some documents, in the order of the documents given.
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       c.id AS chunk_id, c.topic, c.language, c.text, c.sentences
FROM unnest(%(document_ids)s::text[]) WITH ORDINALITY AS wanted(id, position)
JOIN document d ON d.id = wanted.id
JOIN chunk c ON c.document_id = d.id
ORDER BY wanted.position, c.ordinal;
