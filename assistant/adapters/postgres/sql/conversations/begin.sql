INSERT INTO conversation (id, owner) VALUES (%(id)s, %(owner)s) ON CONFLICT (id) DO NOTHING;
