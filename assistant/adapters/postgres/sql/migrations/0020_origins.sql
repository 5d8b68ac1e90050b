-- Where a record stands is told to everybody: the file's name and the line, and not where it lies on the server, which
-- document_source knows, or how its path was once written.
UPDATE document SET origin = regexp_replace(origin, '^.*/', '') WHERE origin LIKE '%/%' AND origin NOT LIKE '%://%';
UPDATE tombstone SET origin = regexp_replace(origin, '^.*/', '') WHERE origin LIKE '%/%' AND origin NOT LIKE '%://%';
