INSERT INTO source_file (path, root, sha256, size, index_version, run)
SELECT given.*, %(version)s, %(run)s
FROM unnest(%(paths)s::text[], %(roots)s::text[], %(hashes)s::bytea[], %(sizes)s::bigint[]) AS given
ON CONFLICT (path) DO UPDATE
SET root = excluded.root, sha256 = excluded.sha256, size = excluded.size, index_version = excluded.index_version, run = excluded.run
