INSERT INTO tombstone (document_id, name_ko, name_en, origin, content_hash)
SELECT id, name_ko, name_en, origin, content_hash FROM document WHERE id = ANY(%s)
ON CONFLICT (document_id) DO UPDATE
SET name_ko = excluded.name_ko, name_en = excluded.name_en, origin = excluded.origin, content_hash = excluded.content_hash,
    removed_at = now()
