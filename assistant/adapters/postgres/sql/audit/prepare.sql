-- What is stored, under other names; and empty tables of the same columns that hide the stored ones for this session, so
-- that what should be stored is written by the very statements that write it, and compared as Postgres keeps it.
CREATE TEMPORARY VIEW stored_document AS
    SELECT id, domain, source_id, name_ko, name_en, aliases, origin, content_hash FROM document;
CREATE TEMPORARY VIEW stored_housing AS SELECT * FROM housing;
CREATE TEMPORARY VIEW stored_listing AS SELECT * FROM listing;
CREATE TEMPORARY VIEW stored_unit_type AS SELECT * FROM unit_type;
CREATE TEMPORARY VIEW stored_nearby AS SELECT * FROM nearby;
CREATE TEMPORARY VIEW stored_chunk AS SELECT * FROM chunk;
CREATE TEMPORARY VIEW stored_posting AS SELECT * FROM posting;
CREATE TEMPORARY TABLE document AS SELECT * FROM stored_document WITH NO DATA;
CREATE TEMPORARY TABLE housing AS SELECT * FROM stored_housing WITH NO DATA;
CREATE TEMPORARY TABLE listing AS SELECT * FROM stored_listing WITH NO DATA;
CREATE TEMPORARY TABLE unit_type AS SELECT * FROM stored_unit_type WITH NO DATA;
CREATE TEMPORARY TABLE nearby AS SELECT * FROM stored_nearby WITH NO DATA;
CREATE TEMPORARY TABLE chunk AS SELECT * FROM stored_chunk WITH NO DATA;
CREATE TEMPORARY TABLE posting AS SELECT * FROM stored_posting WITH NO DATA;
