INSERT INTO embedding_mean (model, side, language, mean, version)
VALUES (%s, 'query', %s, %s, 1)
ON CONFLICT (model, side, language) DO UPDATE SET mean = excluded.mean, version = embedding_mean.version + 1
