INSERT INTO term (kind, ko, en, origin) VALUES (%s, %s, %s, %s) ON CONFLICT (kind, ko, origin) DO UPDATE SET en = excluded.en;
