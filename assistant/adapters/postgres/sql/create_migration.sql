CREATE TABLE IF NOT EXISTS migration (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     bytea NOT NULL,               -- of the file: a changed one is refused
    applied_at timestamptz NOT NULL DEFAULT now()
)
