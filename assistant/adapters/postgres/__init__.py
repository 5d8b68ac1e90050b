"""The store: connections, migrations, documents, searches, conversations. SQL stands in files under ``sql/``."""
