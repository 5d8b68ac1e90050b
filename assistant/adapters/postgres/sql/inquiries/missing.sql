-- Those that have no vector of a model, the newest first: all, or so many.
SELECT i.id, i.message
FROM inquiry i
WHERE NOT EXISTS (SELECT FROM inquiry_vector v WHERE v.inquiry_id = i.id AND v.model = %(model)s)
ORDER BY i.accepted_at DESC, i.id
LIMIT %(most)s;
