-- What was removed last, newest first.
SELECT document_id, name_ko, name_en, origin, removed_at FROM tombstone ORDER BY removed_at DESC, document_id LIMIT %(limit)s;
