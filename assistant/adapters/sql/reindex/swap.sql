DROP SCHEMA IF EXISTS previous_index CASCADE;
CREATE SCHEMA previous_index;
ALTER TABLE public.embedding SET SCHEMA previous_index;
ALTER TABLE public.embedding_mean SET SCHEMA previous_index;
ALTER TABLE next_index.embedding SET SCHEMA public;
ALTER TABLE next_index.embedding_mean SET SCHEMA public;
DROP SCHEMA next_index;
