"""The private Postgres that is started where no other is named."""
