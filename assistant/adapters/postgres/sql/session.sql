-- For every connection; within a pooler of transactions (local) for every transaction. A filtered search goes on through
-- the vector index until it has found enough (pgvector 0.8; an older one warns). Of 100,000 vectors 600 candidates find
-- 0.97 of the ten nearest, 200 find 0.93 (`eval.perf.search`).
-- Search statements have branches that only a plan for the parameters at hand can leave out.
-- No search looks the same row up twice, so that remembering rows only takes time.
SELECT set_config(name, value, %(local)s)
FROM (VALUES
    ('hnsw.ef_search', '600'),
    ('hnsw.iterative_scan', 'relaxed_order'),
    ('hnsw.max_scan_tuples', '100000'),
    ('hnsw.scan_mem_multiplier', '4'),
    ('plan_cache_mode', 'force_custom_plan'),
    ('enable_memoize', 'off')
) AS setting (name, value)
