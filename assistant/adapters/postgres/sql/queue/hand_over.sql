INSERT INTO queued_vector (model, key, vector) VALUES (%s, %s, %s) ON CONFLICT (model, key) DO NOTHING
