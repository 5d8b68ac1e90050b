-- What searching needs besides the documents: bilingual proper nouns, and the one definition of "matches the filters".

CREATE TABLE term (
    kind text NOT NULL,                          -- station, sido, sigungu, dong, brand
    ko   text NOT NULL,
    en   text NOT NULL,
    PRIMARY KEY (kind, ko)
);

-- Housing documents that meet every given condition. `f` holds the set fields of assistant.domain.Filters; a field that
-- is absent is no condition, and an unknown (NULL) never matches. Price and area must hold for one and the same type.
CREATE FUNCTION housing_matching(f jsonb) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT h.document_id
    FROM housing h
    WHERE (NOT f ? 'sidos' OR f->'sidos' ? h.sido)
      AND (NOT f ? 'sigungus' OR f->'sigungus' ?| string_to_array(h.sigungu, ' '))
      AND (NOT f ? 'dongs' OR f->'dongs' ? h.dong)
      AND (NOT f ? 'tenure' OR h.tenure = f->>'tenure')
      AND (NOT f ? 'min_households' OR h.households >= (f->>'min_households')::int)
      AND (NOT f ? 'max_households' OR h.households <= (f->>'max_households')::int)
      AND (NOT f ? 'move_in_from' OR h.move_in >= (f->>'move_in_from')::date)
      AND (NOT f ? 'move_in_to' OR h.move_in <= (f->>'move_in_to')::date)
      AND (NOT f ? 'open_on' OR (f->>'open_on')::date BETWEEN h.receipt_start AND h.receipt_end)
      AND (NOT f ? 'brands' OR EXISTS (
            SELECT 1 FROM document d, jsonb_array_elements_text(f->'brands') AS brand(name)
            WHERE d.id = h.document_id AND position(brand.name IN replace(d.name_ko, ' ', '')) > 0))
      AND (NOT f ? 'lines' OR EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = h.document_id AND n.kind = 'station' AND n.distance <= 1500
              AND n.lines && ARRAY(SELECT jsonb_array_elements_text(f->'lines'))))
      AND (NOT f ? 'stations' OR EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = h.document_id AND n.kind = 'station' AND f->'stations' ? regexp_replace(n.name_ko, '역$', '')))
      AND (NOT f ?| ARRAY['min_price', 'max_price', 'min_area', 'max_area', 'min_supply_area', 'max_supply_area'] OR EXISTS (
            SELECT 1 FROM unit_type u
            WHERE u.document_id = h.document_id
              AND (NOT f ? 'min_price' OR u.top_price >= (f->>'min_price')::int)
              AND (NOT f ? 'max_price' OR u.top_price <= (f->>'max_price')::int)
              AND (NOT f ? 'min_area' OR u.area >= (f->>'min_area')::real)
              AND (NOT f ? 'max_area' OR u.area <= (f->>'max_area')::real)
              AND (NOT f ? 'min_supply_area' OR u.supply_area >= (f->>'min_supply_area')::real)
              AND (NOT f ? 'max_supply_area' OR u.supply_area <= (f->>'max_supply_area')::real)))
$$;
