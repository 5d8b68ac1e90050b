-- The process of the server behind the connection. A pooler between says another at the beginning.
SELECT pg_backend_pid()
