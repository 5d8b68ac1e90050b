-- Locked in the order in which searches lock them: else one that runs could wait for this, and this for it.
DO $$
BEGIN
    IF to_regclass('previous_index.embedding') IS NOT NULL THEN
        LOCK TABLE previous_index.embedding, previous_index.embedding_mean IN ACCESS EXCLUSIVE MODE;
    END IF;
END
$$;
DROP SCHEMA IF EXISTS previous_index CASCADE;
