-- Ids of the notices that meet every condition of `f`, a JSON object of those that are set (domain Filters).
CREATE OR REPLACE FUNCTION housing_matching(f jsonb) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT h.document_id
    FROM housing h
    WHERE (NOT f ? 'sidos' OR f->'sidos' ? h.sido)
      AND (NOT f ? 'sigungus' OR string_to_array(h.sigungu, ' ') && ARRAY(
            SELECT jsonb_array_elements_text(f->'sigungus') UNION ALL SELECT jsonb_array_elements_text(f->'neighbours')))
      AND (NOT f ? 'except_sidos' OR NOT f->'except_sidos' ? h.sido)
      AND (NOT f ? 'except_sigungus' OR NOT f->'except_sigungus' ?| string_to_array(h.sigungu, ' '))
      AND (NOT f ? 'except_dongs' OR NOT f->'except_dongs' ? h.dong)
      AND (NOT f ? 'except_ids' OR NOT f->'except_ids' ? h.document_id)
      AND (NOT f ? 'dongs' OR h.dong = ANY (ARRAY(SELECT jsonb_array_elements_text(f->'dongs'))))
      AND (NOT f ? 'tenure' OR h.tenure = f->>'tenure')
      AND (NOT f ? 'min_households' OR h.households >= (f->>'min_households')::int)
      AND (NOT f ? 'max_households' OR h.households <= (f->>'max_households')::int)
      AND (NOT f ? 'move_in_from' OR h.move_in >= (f->>'move_in_from')::date)
      AND (NOT f ? 'move_in_to' OR h.move_in <= (f->>'move_in_to')::date)
      AND (NOT f ? 'receipt_from' OR h.receipt_end >= (f->>'receipt_from')::date)
      AND (NOT f ? 'receipt_to' OR h.receipt_start <= (f->>'receipt_to')::date)
      AND (NOT f ? 'announced_from' OR h.announced >= (f->>'announced_from')::date)
      AND (NOT f ? 'announced_to' OR h.announced <= (f->>'announced_to')::date)
      AND (NOT f ? 'builders' OR f->'builders' ?| string_to_array(h.builder, ', '))
      AND (NOT f ? 'except_builders' OR NOT f->'except_builders' ?| string_to_array(h.builder, ', '))
      AND (NOT f ? 'regulations' OR NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements_text(f->'regulations') AS asked(tag)
            WHERE NOT EXISTS (
                SELECT 1 FROM chunk c, jsonb_array_elements(c.sentences) AS sentence
                WHERE c.document_id = h.document_id AND c.topic = 'regulation' AND sentence->'tags' ? asked.tag)))
      AND (NOT f ? 'min_competition' OR h.competition >= (f->>'min_competition')::real)
      AND (NOT f ? 'max_competition' OR h.competition <= (f->>'max_competition')::real)
      AND (NOT f ? 'min_score' OR h.lowest_score >= (f->>'min_score')::real)
      AND (NOT f ? 'max_score' OR h.lowest_score <= (f->>'max_score')::real)
      AND (NOT f ? 'open_on' OR (f->>'open_on')::date BETWEEN h.receipt_start AND h.receipt_end)
      AND (NOT f ? 'brands' OR EXISTS (
            SELECT 1 FROM document d, jsonb_array_elements_text(f->'brands') AS brand(name)
            WHERE d.id = h.document_id AND position(brand.name IN replace(d.name_ko, ' ', '')) > 0))
      AND (NOT f ? 'except_brands' OR NOT EXISTS (
            SELECT 1 FROM document d, jsonb_array_elements_text(f->'except_brands') AS brand(name)
            WHERE d.id = h.document_id AND position(brand.name IN replace(d.name_ko, ' ', '')) > 0))
      AND (NOT f ? 'places' OR EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = h.document_id AND n.distance <= 1500 AND f->'places' ? n.name_ko))
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
