-- What a card shows of complexes, in the order given: prices of types in 만원, and the nearest place of each kind.
SELECT d.id, d.name_ko, d.name_en, h.sigungu AS district, h.households, h.move_in, h.receipt_end, h.tenure,
       types.lowest_price, types.highest_price, near.nearest
FROM unnest(%(document_ids)s::text[]) WITH ORDINALITY AS wanted(id, position)
JOIN document d ON d.id = wanted.id
JOIN housing h ON h.document_id = d.id
LEFT JOIN LATERAL (
    SELECT min(t.top_price) AS lowest_price, max(t.top_price) AS highest_price FROM unit_type t WHERE t.document_id = d.id
) types ON true
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(to_jsonb(first) - 'document_id'), '[]') AS nearest
    FROM (
        SELECT DISTINCT ON (n.kind) * FROM nearby n WHERE n.document_id = d.id ORDER BY n.kind, n.distance
    ) first
) near
ORDER BY wanted.position;
