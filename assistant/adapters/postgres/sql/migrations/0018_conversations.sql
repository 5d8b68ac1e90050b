-- The conversations of people who log in, so that they can go on with them. What is private in their words is masked
-- before it comes here.
CREATE TABLE conversation (
    id         uuid PRIMARY KEY,
    owner      text NOT NULL,                     -- login
    name       text NOT NULL DEFAULT '',          -- what the list of conversations shows
    profile    text NOT NULL DEFAULT '',          -- the section of the page
    settings   jsonb NOT NULL DEFAULT '{}',       -- of the page's settings panel
    begun_at   timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON conversation (owner, changed_at DESC, id);
CREATE INDEX ON conversation (changed_at);

-- What the page shows of a conversation (steps, elements), and its turns as the assistant remembers them.
CREATE TABLE conversation_part (
    conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    kind            text NOT NULL CHECK (kind IN ('step', 'element', 'turn')),
    id              text NOT NULL,                -- a browser makes some of them up: they count within a conversation
    number          bigint GENERATED ALWAYS AS IDENTITY,
    content         jsonb NOT NULL,
    PRIMARY KEY (conversation_id, kind, id)
);
