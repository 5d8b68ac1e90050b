ANALYZE document, housing, listing, unit_type, nearby, chunk, posting
