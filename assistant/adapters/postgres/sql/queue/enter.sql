-- The queue's own triggers name its tables without a schema.
SET LOCAL search_path = procrastinate
