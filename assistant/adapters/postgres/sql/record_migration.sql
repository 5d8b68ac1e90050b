INSERT INTO migration (number, name, sha256) VALUES (%(number)s, %(name)s, %(sha256)s)
