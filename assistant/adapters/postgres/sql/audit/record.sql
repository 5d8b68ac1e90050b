INSERT INTO verification (started_at, rows, wrong, repaired) VALUES (%s, %s, %s, %s)
