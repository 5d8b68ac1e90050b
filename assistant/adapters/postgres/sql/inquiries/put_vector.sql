-- Another process may have embedded it meanwhile.
INSERT INTO inquiry_vector (inquiry_id, model, vector) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING;
