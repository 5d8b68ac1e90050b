-- What a card shows of complexes, in the order given: prices of types in 만원, and the nearest park and station.
SELECT d.id, d.name_ko, d.name_en, h.sigungu AS district, h.households, h.move_in, h.receipt_end, h.tenure,
       types.lowest_price, types.highest_price, park.place AS park, station.place AS station
FROM unnest(%(document_ids)s::text[]) WITH ORDINALITY AS wanted(id, position)
JOIN document d ON d.id = wanted.id
JOIN housing h ON h.document_id = d.id
LEFT JOIN LATERAL (
    SELECT min(t.top_price) AS lowest_price, max(t.top_price) AS highest_price FROM unit_type t WHERE t.document_id = d.id
) types ON true
LEFT JOIN LATERAL (
    SELECT to_jsonb(n) - 'document_id' AS place FROM nearby n
    WHERE n.document_id = d.id AND n.kind = 'park' ORDER BY n.distance LIMIT 1
) park ON true
LEFT JOIN LATERAL (
    SELECT to_jsonb(n) - 'document_id' AS place FROM nearby n
    WHERE n.document_id = d.id AND n.kind = 'station' ORDER BY n.distance LIMIT 1
) station ON true
ORDER BY wanted.position;
