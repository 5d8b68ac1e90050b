-- What people said of answers. Texts are masked before they come here.
CREATE TABLE feedback (
    id             uuid PRIMARY KEY,                 -- one per answer: a second thought replaces the first
    rated_at       timestamptz NOT NULL DEFAULT now(),
    rated_by       text NOT NULL,                    -- login; empty where nobody logs in
    rating         text NOT NULL CHECK (rating IN ('up', 'down')),
    reason         text NOT NULL,                    -- what was wrong: wrong, missing, other_question, unclear; or empty
    comment        text NOT NULL,
    question       text NOT NULL,
    history        jsonb NOT NULL,                   -- [{"role", "content"}], oldest first
    answer         text NOT NULL,
    language       text NOT NULL,
    domain         text NOT NULL,                    -- empty where the question was of none
    role           text NOT NULL,
    prompt_version text NOT NULL,
    model          text NOT NULL,
    degraded       boolean NOT NULL,
    evidence       text[] NOT NULL                   -- ids of the chunks that were cited
);
CREATE INDEX ON feedback (rated_at);
