-- What is known to have been ingested together: the files and folders that were given, oldest first.
SELECT run, array_agg(DISTINCT root ORDER BY root), array_agg(path ORDER BY path) FROM source_file GROUP BY run ORDER BY run
