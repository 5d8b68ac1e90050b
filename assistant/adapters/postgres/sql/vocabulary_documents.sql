-- Titles of documents of no special form, by which questions name them.
SELECT id, name_ko, name_en FROM document WHERE domain = 'document' ORDER BY id;
