-- Counts that are not as they were just counted anew.
SELECT CASE WHEN s.term IS NULL THEN 'missing' WHEN e.term IS NULL THEN 'extra' ELSE 'altered' END, 'frequent_term', '', term,
       CASE WHEN s.term IS NULL OR e.term IS NULL THEN '{}' ELSE
           array_remove(ARRAY[CASE WHEN e.chunks <> s.chunks THEN 'chunks' END, CASE WHEN e.of <> s.of THEN 'of' END], NULL)
       END
FROM frequent_term e FULL JOIN stored_frequent_term s USING (term)
WHERE ROW (e.*) IS DISTINCT FROM ROW (s.*)
ORDER BY term
