"""Writing for retrieval: structured records as short bilingual statements, each naming what it is about."""

from ingest.writing.documents import housing_documents

__all__ = ["housing_documents"]
