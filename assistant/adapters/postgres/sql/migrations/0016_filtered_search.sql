-- A search of few complexes finds them by an index over the parts of a district's name (수원시 영통구), and their chunks'
-- ids in an index alone, without reading the chunks, which are long.
CREATE INDEX housing_districts ON housing USING gin (string_to_array(sigungu, ' '));
ALTER TABLE chunk
    ADD CONSTRAINT chunk_of_document UNIQUE (document_id, ordinal) INCLUDE (id),
    DROP CONSTRAINT chunk_document_id_ordinal_key;
