INSERT INTO procrastinate.installed (version) VALUES (%s)
