-- The transaction that holds the lock of ingests has nothing to do until they end.
SET LOCAL idle_in_transaction_session_timeout = 0
