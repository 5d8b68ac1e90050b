SELECT current_setting('server_version'), (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
       current_setting('transaction_read_only') = 'on';
