-- Encoding of the database, and pgvector's version: as installed in it, else as it could be, else NULL.
SELECT current_setting('server_encoding'),
       (SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector');
