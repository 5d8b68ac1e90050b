SELECT count(*) FROM procrastinate.procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)
