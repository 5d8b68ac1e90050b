SELECT status::text, count(*) FROM procrastinate.procrastinate_jobs WHERE queue_name = %s GROUP BY status
