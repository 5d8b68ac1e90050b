SELECT d.id, d.name_ko, d.name_en, d.aliases, h.announced, h.sido, h.sigungu, h.dong
FROM document d LEFT JOIN housing h ON h.document_id = d.id
WHERE d.domain = 'housing' AND d.superseded_by IS NULL
ORDER BY d.id;
