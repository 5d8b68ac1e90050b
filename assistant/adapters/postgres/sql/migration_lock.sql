-- One migration at a time in a database ("budo"), whoever runs it; no notice on every start that a table exists.
SELECT pg_advisory_xact_lock(1651860591);
SET LOCAL client_min_messages = warning;
