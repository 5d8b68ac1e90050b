-- Documents, their chunks, and the three indexes over them: attributes, vectors, postings.
CREATE EXTENSION IF NOT EXISTS vector;

-- One source record. Housing documents are the entities that answers name.
CREATE TABLE document (
    id           text PRIMARY KEY,               -- domain:source_id
    domain       text NOT NULL CHECK (domain IN ('housing', 'faq', 'listing', 'document')),
    source_id    text NOT NULL,
    name_ko      text NOT NULL,
    name_en      text NOT NULL,
    aliases      text[] NOT NULL DEFAULT '{}',
    origin       text NOT NULL DEFAULT '',       -- file it came from
    content_hash bytea NOT NULL,                 -- unchanged content is neither rewritten nor re-embedded
    ingested_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (domain, source_id)
);

-- What housing questions filter by. NULL = unknown, and an unknown never matches.
CREATE TABLE housing (
    document_id   text PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    sido          text NOT NULL,
    sigungu       text NOT NULL,
    dong          text NOT NULL,
    households    integer,
    move_in       date,                          -- first day of the month
    announced     date,
    receipt_start date,
    receipt_end   date,
    tenure        text NOT NULL CHECK (tenure IN ('sale', 'rental')),
    builder       text NOT NULL,
    latitude      double precision,
    longitude     double precision,
    precise       boolean NOT NULL,              -- coordinate is of the address, not of a centroid
    competition   real,                          -- applications per unit, first rank
    lowest_score  real                           -- lowest winning 가점
);
CREATE INDEX ON housing (sigungu, dong);

CREATE TABLE unit_type (
    document_id text NOT NULL REFERENCES document ON DELETE CASCADE,
    label       text NOT NULL,
    area        real NOT NULL,                   -- exclusive area, ㎡
    supply_area real,
    units       integer,
    top_price   integer                          -- 만원
);
CREATE INDEX ON unit_type (document_id);

CREATE TABLE nearby (
    document_id text NOT NULL REFERENCES document ON DELETE CASCADE,
    kind        text NOT NULL CHECK (kind IN ('park', 'station', 'school')),
    name_ko     text NOT NULL,
    name_en     text NOT NULL,
    distance    integer NOT NULL,                -- straight line, metres
    lines       text[] NOT NULL DEFAULT '{}',
    category    text NOT NULL DEFAULT '',
    area        real,
    facilities  text[] NOT NULL DEFAULT '{}',
    trail       boolean NOT NULL DEFAULT false
);
CREATE INDEX ON nearby (document_id, kind, distance);

-- One paragraph on one topic.
CREATE TABLE chunk (
    id          text PRIMARY KEY,                -- document_id#topic, or #topic-N
    document_id text NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    topic       text NOT NULL,
    language    text NOT NULL CHECK (language IN ('ko', 'en')),
    text        text NOT NULL,
    sentences   jsonb NOT NULL,                  -- [{ko, en, facet, tags}]
    UNIQUE (document_id, ordinal)
);

-- Vectors apart from the text: a narrow table scans four times as fast as one with TOASTed columns.
CREATE TABLE embedding (
    chunk_id text PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    language text NOT NULL,
    raw      halfvec NOT NULL,                   -- as the model gave it
    centred  halfvec                             -- raw minus the mean of its language, normalised
);

-- Which model the vectors are of, and the mean vector subtracted per language and side ('passage' or 'query').
CREATE TABLE embedding_mean (
    model    text NOT NULL,
    side     text NOT NULL CHECK (side IN ('passage', 'query')),
    language text NOT NULL,
    mean     halfvec NOT NULL,
    version  integer NOT NULL,
    PRIMARY KEY (model, side, language)
);

-- Lexical index: one row per term and chunk; weight = BM25's term-frequency part. IDF is computed at query time.
CREATE TABLE posting (
    term     text NOT NULL,
    chunk_id text NOT NULL REFERENCES chunk ON DELETE CASCADE,
    weight   real NOT NULL,
    PRIMARY KEY (term, chunk_id)
);
CREATE INDEX ON posting (chunk_id);
