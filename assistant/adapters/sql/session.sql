-- For every connection. A filtered search goes on through the vector index until it has found enough (pgvector 0.8; an
-- older one warns). Of 100,000 vectors 600 candidates find 0.97 of the ten nearest, 200 find 0.93 (`eval.perf.search`).
-- Search statements have branches that only a plan for the parameters at hand can leave out.
SET hnsw.ef_search = 600;
SET hnsw.iterative_scan = relaxed_order;
SET hnsw.max_scan_tuples = 100000;
SET hnsw.scan_mem_multiplier = 4;
SET plan_cache_mode = force_custom_plan;
-- No search looks the same row up twice, so that remembering rows only takes time.
SET enable_memoize = off;
