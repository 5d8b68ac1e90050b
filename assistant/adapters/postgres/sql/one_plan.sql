-- For the next statement: planned once for every parameter, and not at each execution. It has no branches to leave out.
SET LOCAL plan_cache_mode = force_generic_plan
