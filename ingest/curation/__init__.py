"""``/curation``: the pages of the people who own the documents, rendered on the server, without scripts."""

from ingest.curation.pages import create_curation

__all__ = ["create_curation"]
