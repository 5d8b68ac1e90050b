-- The version of procrastinate that the queue's tables are of; no row, or no table, before the first.
SELECT to_regclass('procrastinate.installed') IS NOT NULL
