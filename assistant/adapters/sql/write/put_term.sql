INSERT INTO term (kind, ko, en) VALUES (%s, %s, %s) ON CONFLICT (kind, ko) DO UPDATE SET en = excluded.en;
