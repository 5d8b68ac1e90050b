COPY document (id, domain, source_id, name_ko, name_en, aliases, origin, content_hash) FROM STDIN (FORMAT BINARY)
