SELECT id, name_ko, name_en, aliases FROM document WHERE domain = 'housing' ORDER BY id;
