SELECT name, sha256 FROM repeatable
