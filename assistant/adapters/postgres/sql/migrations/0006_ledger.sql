-- Which source said what, when: so that what is gone from the sources goes from the store, and what has not changed is
-- known not to have changed. A path is absolute, or "(samples)/…" for what comes with budongi.

-- One completed ingest. Killed ones leave no row.
CREATE TABLE ingest_run (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          bytea NOT NULL,                 -- SHA-256 over the files' content and the code that reads and writes them
    documents    bytea NOT NULL,                 -- SHA-256 over the ids and hashes of the documents of these files
    started_at   timestamptz NOT NULL,
    confirmed_at timestamptz NOT NULL DEFAULT now()  -- when it ended, or was last found to have nothing to do
);

CREATE TABLE source_file (
    path          text PRIMARY KEY,
    root          text NOT NULL,                 -- the file or folder that was given
    sha256        bytea NOT NULL,
    size          bigint NOT NULL,               -- bytes
    index_version integer NOT NULL,
    run           bigint NOT NULL REFERENCES ingest_run  -- the last that read it
);

-- A file holds the record of a document. No foreign key: the document is replaced whole, and what files hold is not.
CREATE TABLE document_source (
    document_id  text NOT NULL,
    path         text NOT NULL,
    content_hash bytea NOT NULL,                 -- of the document as this file has it
    PRIMARY KEY (document_id, path)
);
CREATE INDEX ON document_source (path);

-- What was removed, and when. The document itself is gone, so that nothing can find it.
CREATE TABLE tombstone (
    document_id  text PRIMARY KEY,
    name_ko      text NOT NULL,
    name_en      text NOT NULL,
    origin       text NOT NULL,
    content_hash bytea NOT NULL,
    removed_at   timestamptz NOT NULL DEFAULT now()
);

-- A corrected notice ([정정공고]) supersedes the notice it corrects, which is kept and not found.
ALTER TABLE document ADD COLUMN superseded_by text;
ALTER TABLE housing ADD COLUMN corrected boolean NOT NULL DEFAULT false;

-- Whether a vector is still that of its text, and still as the model gave it.
ALTER TABLE chunk ADD COLUMN content_hash bytea;
ALTER TABLE embedding ADD COLUMN text_hash bytea, ADD COLUMN checksum bytea;
UPDATE embedding SET text_hash = sha256(convert_to(chunk.text, 'UTF8')), checksum = sha256(halfvec_send(raw))
FROM chunk WHERE chunk.id = embedding.chunk_id;
ALTER TABLE embedding ALTER COLUMN text_hash SET NOT NULL, ALTER COLUMN checksum SET NOT NULL;
-- The mean is taken of the vectors whose texts have the smallest hashes: see write/set_passage_means.sql.
CREATE INDEX ON embedding (language, text_hash, chunk_id);
CREATE INDEX ON embedding (chunk_id) WHERE centred IS NULL;

-- Proper nouns go with the file they came from; '(written)' are those that came with notices: packaged, or derived.
ALTER TABLE term ADD COLUMN origin text NOT NULL DEFAULT '(written)';
ALTER TABLE term DROP CONSTRAINT term_pkey, ADD PRIMARY KEY (kind, ko, origin);
CREATE INDEX ON document (id) WHERE superseded_by IS NOT NULL;
