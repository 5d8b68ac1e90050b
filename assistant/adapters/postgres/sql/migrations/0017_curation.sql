-- What the people who own the corpus look at: questions that no document answered, and what became of feedback.

-- Questions that the assistant declined. Masked before they come here; of nobody: there is no name and no conversation.
CREATE TABLE unanswered (
    question    text NOT NULL,
    language    text NOT NULL,
    domain      text NOT NULL,                   -- empty where the question was of none
    role        text NOT NULL,                   -- user: asked in the chat or by a program; agent: a customer's message
    missing     text[] NOT NULL,                 -- words of the question that no document speaks of, as they were typed
    answer      text NOT NULL,                   -- what was said instead, the last time
    asked       integer NOT NULL DEFAULT 1,      -- how often
    first_asked timestamptz NOT NULL DEFAULT now(),
    last_asked  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (question, role)
);
CREATE INDEX ON unanswered (last_asked);

-- What a curator made of an entry of the inbox: `kind` and `id` name a rating, an edited or a rejected draft.
CREATE TABLE inbox_decision (
    kind       text NOT NULL CHECK (kind IN ('rating', 'edited', 'rejected')),
    id         text NOT NULL,
    decision   text NOT NULL CHECK (decision IN ('candidate', 'dismissed')),
    decided_by text NOT NULL,                    -- login; empty where nobody logs in
    decided_at timestamptz NOT NULL DEFAULT now(),
    taken_at   timestamptz,                      -- when it was written out as a candidate case
    PRIMARY KEY (kind, id)
);

-- What had written a draft that an agent edited or turned down, and what it cited. Empty where it is not known.
ALTER TABLE inquiry ADD COLUMN chat_model text NOT NULL DEFAULT '', ADD COLUMN prompt_version text NOT NULL DEFAULT '',
                    ADD COLUMN evidence text[] NOT NULL DEFAULT '{}';
ALTER TABLE rejected_draft ADD COLUMN chat_model text NOT NULL DEFAULT '', ADD COLUMN prompt_version text NOT NULL DEFAULT '',
                           ADD COLUMN evidence text[] NOT NULL DEFAULT '{}';
