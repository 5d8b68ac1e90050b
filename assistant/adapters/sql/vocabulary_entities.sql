SELECT id, name_ko, name_en, aliases FROM document WHERE domain = 'housing' AND superseded_by IS NULL ORDER BY id;
