COPY nearby (document_id, kind, name_ko, name_en, distance, lines, category, area, facilities, trail) FROM STDIN (FORMAT BINARY)
