-- Past inquiries of customers with the answers that agents accepted. Messages are masked before they come here.
CREATE TABLE inquiry (
    id            text PRIMARY KEY,
    message       text NOT NULL,
    language      text NOT NULL CHECK (language IN ('ko', 'en')),
    answer        text NOT NULL,
    faq_id        text NOT NULL DEFAULT '',      -- the help entry that answers it; empty: none does
    draft         text NOT NULL DEFAULT '',      -- what the assistant had drafted, where it had
    edit_distance integer,                       -- characters between draft and answer; NULL without a draft
    seconds       real,                          -- from the message to the agent's decision, where it is known
    accepted_at   timestamptz NOT NULL DEFAULT now(),
    model         text NOT NULL,                 -- embedding model of `vector`
    vector        halfvec NOT NULL,              -- as the model gave it for a question
    terms         text[] NOT NULL
);

-- Drafts that an agent turned down, for curation.
CREATE TABLE rejected_draft (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message     text NOT NULL,
    draft       text NOT NULL,
    faq_id      text NOT NULL DEFAULT '',
    reason      text NOT NULL DEFAULT '',
    rejected_at timestamptz NOT NULL DEFAULT now()
);
