INSERT INTO frequent_term (term, chunks, of)
SELECT term, count(*), (SELECT count(*) FROM chunk) FROM posting GROUP BY term HAVING count(*) >= %s
