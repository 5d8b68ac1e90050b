-- Answers that agents wrote without a draft, and their median time: what a draft's time is compared with.
SELECT count(*)::integer, (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds))::float8
FROM inquiry WHERE draft = '' AND seconds IS NOT NULL;
