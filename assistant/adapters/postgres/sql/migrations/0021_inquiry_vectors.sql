-- A past inquiry has a vector of each embedding model that it is searched with: while the model is changed, some servers search
-- with the new one and some with the old.
CREATE TABLE inquiry_vector (
    inquiry_id text NOT NULL REFERENCES inquiry ON DELETE CASCADE,
    model      text NOT NULL,                    -- embedding model
    vector     halfvec NOT NULL,                 -- as the model gave it for a question
    PRIMARY KEY (inquiry_id, model)
);
INSERT INTO inquiry_vector (inquiry_id, model, vector) SELECT id, model, vector FROM inquiry;
ALTER TABLE inquiry DROP COLUMN model, DROP COLUMN vector;
