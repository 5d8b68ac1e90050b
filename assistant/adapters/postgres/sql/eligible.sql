-- Complexes that meet the filters, as many as are worth scoring one by one, and one more where there are too many.
SELECT d.id
FROM housing_matching(%(filters)s::jsonb) AS m(id) JOIN document d USING (id)
WHERE d.superseded_by IS NULL
LIMIT %(most)s + 1
