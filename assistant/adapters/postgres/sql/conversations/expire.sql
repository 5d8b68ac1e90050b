DELETE FROM conversation WHERE changed_at < now() - make_interval(days => %(days)s);
