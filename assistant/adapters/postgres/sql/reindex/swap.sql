-- The one replaced before has been dropped. In the order in which searches lock them.
CREATE SCHEMA previous_index;
ALTER TABLE public.embedding SET SCHEMA previous_index;
ALTER TABLE public.embedding_mean SET SCHEMA previous_index;
ALTER TABLE next_index.embedding SET SCHEMA public;
ALTER TABLE next_index.embedding_mean SET SCHEMA public;
DROP SCHEMA next_index;
