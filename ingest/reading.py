"""From paths to documents: every file is read and checked, and every document written, before anything is stored."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from assistant.domain import Document
from assistant.errors import SourceError
from ingest.chunking import text_document
from ingest.glossary import Glossary
from ingest.records import Sourced, Term, TextDocument
from ingest.sources import SourceErrors, Sources, read
from ingest.writing import housing_documents
from ingest.writing.faq import faq_document
from ingest.writing.listing import listing_document
from prompts.loader import Prompts

SAMPLES = Path(__file__).parent / "samples"
GLOSSARY = SAMPLES / "glossary"

R = TypeVar("R")


def read_documents(
    prompts: Prompts,
    paths: Sequence[Path],
    domain: str | None = None,
    *,
    progress: bool = True,
    cache: Path | None = None,
) -> tuple[list[Document], Sources]:
    """The documents of the good files among these, and the records they are written from.

    Notices are joined with the prices, places and names that are among the same files; the packaged glossary fills in
    the names that are not. What is wrong with the other files is in the sources' ``errors``; no document is of a bad
    file, and where ``housing_left_out`` is set, none is of the domain housing.

    Args:
        prompts: the words of posts and of help entries.
        paths: files and folders.
        domain: what they must be; None takes any.
        progress: show a bar.
        cache: folder where what was read of PDFs is kept; None keeps nothing.

    Raises:
        SourceErrors: no file is good: everything that is wrong, at once.
        SourceError: the files are good, and there is nothing to store in them.
    """
    sources = read(prompts, paths, domain, cache)
    if sources.notices or sources.listings:
        # Given names win, corrections before all; the packaged glossary fills in what they leave out.
        given = sorted((*_packaged_terms(prompts), *sources.terms), key=lambda term: term.override)
        terms = {(term.kind, term.ko): term for term in given}
        sources = replace(sources, terms=tuple(terms.values()))
    glossary = Glossary(sources.terms)
    housing = housing_documents(sources, glossary)
    documents = list(
        tqdm(housing, "Writing", len(sources.notices), unit=" notices", disable=not progress, delay=1, leave=False)
    )
    titles = Glossary(_packaged_terms(prompts)) if sources.documents and not sources.terms else glossary
    written = [
        *_written(sources.faqs, partial(faq_document, prompts)),
        *_written(sources.listings, partial(listing_document, prompts, glossary=glossary)),
        *_written(sources.documents, partial(_titled_document, glossary=titles)),
    ]
    errors = [document for _, document in written if isinstance(document, SourceError)]
    sources = sources.without(errors)
    documents += [document for path, document in written if isinstance(document, Document) and path not in sources.bad]
    sources = replace(sources, terms=(*sources.terms, *_districts(documents, glossary, sources.terms)))
    if not documents and sources.errors:
        raise SourceErrors(sources.errors)
    if not documents:
        raise SourceError(
            ", ".join(str(path) for path in paths),
            "There is no notice, FAQ, listing or document in it, and prices, places and names are of use only with "
            "their notices.",
            "Give the folder that has the notices too.",
        )
    return documents, sources


def _written(
    records: Iterable[Sourced[R]], write: Callable[[R, str], Document]
) -> Iterator[tuple[Path, Document | SourceError]]:
    for item in records:
        try:
            yield item.path, write(item.record, _origin(item))
        except SourceError as error:
            yield item.path, SourceError(item.path, error.problem, error.mend, line=item.line or None)


def _origin(item: Sourced[R]) -> str:
    """Where people are told that a record stands: not where the file lies on this computer, or how it was given."""
    name = unicodedata.normalize("NFC", Path(os.path.realpath(item.path)).name)
    return f"{name}, line {item.line}" if item.line else name


def _titled_document(document: TextDocument, origin: str, glossary: Glossary) -> Document:
    """With its title in English too, by which an English question names it."""
    written = text_document(document, origin)
    return replace(written, name_en=glossary.english(written.name_ko, "complex")) if written.name_ko else written


def _districts(documents: Iterable[Document], glossary: Glossary, known: Iterable[Term]) -> Iterator[Term]:
    """Districts that notices are in and no glossary lists by themselves: 고양시 of 고양시 덕양구."""
    listed = {term.ko for term in known if term.kind == "sigungu"}
    for document in documents:
        for part in document.housing.sigungu.split() if document.housing else ():
            if part not in listed:
                listed.add(part)
                yield Term("sigungu", part, glossary.english(part, "sigungu"))


def _packaged_terms(prompts: Prompts) -> tuple[Term, ...]:
    return read(prompts, [GLOSSARY]).terms if GLOSSARY.is_dir() else ()
