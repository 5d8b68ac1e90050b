-- Those nearest in meaning, by vectors less the mean question of their language; exact, for desks have thousands of them.
-- The means are given: those of an index that another model's has replaced stand elsewhere.
SELECT i.id, i.message, i.language, i.answer, i.faq_id, i.terms,
       1 - ((v.vector::vector - CASE i.language WHEN 'en' THEN %(mean_en)s::vector ELSE %(mean_ko)s::vector END)
            <=> %(vector)s::vector) AS cosine
FROM inquiry i JOIN inquiry_vector v ON v.inquiry_id = i.id
WHERE v.model = %(model)s
ORDER BY cosine DESC, i.id
LIMIT %(limit)s;
