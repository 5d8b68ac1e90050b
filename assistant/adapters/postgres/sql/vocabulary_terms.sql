-- Proper nouns: the glossary's, and what the documents themselves name.
SELECT kind, ko, max(en) AS en
FROM (
    SELECT kind, ko, en FROM term
    UNION ALL SELECT 'sigungu', part, '' FROM housing, unnest(string_to_array(sigungu, ' ')) AS part WHERE sigungu <> ''
    UNION ALL SELECT 'dong', dong, '' FROM housing WHERE dong <> ''
    UNION ALL SELECT 'held_dong', dong, '' FROM housing WHERE dong <> ''
    UNION ALL SELECT 'post_dong', dong, '' FROM listing WHERE dong <> ''
    UNION ALL SELECT 'held_builder', firm, ''
    FROM housing, unnest(string_to_array(builder, ', ')) AS firm WHERE firm <> ''
    UNION ALL SELECT 'station', name_ko, name_en FROM nearby WHERE kind = 'station'
    UNION ALL SELECT 'place', name_ko, name_en FROM nearby WHERE kind <> 'station'
    UNION ALL SELECT 'line', line, '' FROM nearby, unnest(lines) AS line WHERE kind = 'station'
) AS named
GROUP BY kind, ko
ORDER BY kind, ko;
