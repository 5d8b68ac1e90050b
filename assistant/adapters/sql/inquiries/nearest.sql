-- Those nearest in meaning, by vectors less the mean question of their language; exact, for desks have thousands of them.
SELECT i.id, i.message, i.language, i.answer, i.faq_id, i.terms,
       1 - ((i.vector::vector - m.mean::vector) <=> %(vector)s::vector) AS cosine
FROM inquiry i
JOIN embedding_mean m ON m.model = i.model AND m.side = 'query' AND m.language = i.language
WHERE i.model = %(model)s
ORDER BY cosine DESC, i.id
LIMIT %(limit)s;
