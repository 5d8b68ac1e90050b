-- Jobs of an earlier ingest that no worker has begun, or that failed.
DELETE FROM procrastinate.procrastinate_jobs WHERE queue_name = %s AND status IN ('todo', 'failed')
