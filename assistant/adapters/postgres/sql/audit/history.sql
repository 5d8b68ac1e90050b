SELECT started_at, finished_at, rows, wrong, repaired FROM verification ORDER BY finished_at, id
