-- Names in housing notices, with their English where a notice keeps it, and in how many notices each is; of one notice
-- where its id is given.
SELECT kind, ko, max(en) AS en, count(DISTINCT document_id)::integer AS documents
FROM (
    SELECT 'complex' AS kind, name_ko AS ko, name_en AS en, id AS document_id FROM document WHERE domain = 'housing'
    UNION ALL SELECT kind, name_ko, name_en, document_id FROM nearby
    UNION ALL SELECT 'facility', facility, '', document_id FROM nearby, unnest(facilities) AS facility
    UNION ALL SELECT 'line', line, '', document_id FROM nearby, unnest(lines) AS line
    UNION ALL SELECT 'sido', sido, '', document_id FROM housing
    UNION ALL SELECT 'sigungu', part, '', document_id FROM housing, unnest(string_to_array(sigungu, ' ')) AS part
    UNION ALL SELECT 'dong', dong, '', document_id FROM housing
    UNION ALL SELECT 'builder', firm, '', document_id FROM housing, unnest(string_to_array(builder, ', ')) AS firm
) AS named
WHERE ko <> '' AND (%(id)s::text IS NULL OR document_id = %(id)s)
GROUP BY kind, ko
ORDER BY documents DESC, kind, ko;
