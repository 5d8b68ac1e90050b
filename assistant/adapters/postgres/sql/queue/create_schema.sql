-- The queue's tables are procrastinate's own, in a schema of their own; nothing in them lasts beyond an ingest.
DROP SCHEMA IF EXISTS procrastinate CASCADE;
CREATE SCHEMA procrastinate;
CREATE TABLE procrastinate.installed (version text NOT NULL);
SET LOCAL search_path = procrastinate;
