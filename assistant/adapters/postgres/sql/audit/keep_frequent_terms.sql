CREATE TEMPORARY TABLE stored_frequent_term AS SELECT * FROM frequent_term
