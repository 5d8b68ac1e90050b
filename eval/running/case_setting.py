"""What a case is asked in where that is not the corpus as it is: on a day of its own, with pages beside it.

The sample corpus has no documents with pages, and on the day of its gold every notice of it is closed. What a turn does
with pages, and while applications are taken, is asked about in settings of the cases' own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from assistant.answering.turn import Assistant
from assistant.domain import EntityName, Result, Sentence
from assistant.ports import SearchRequest, SearchStore
from eval.data.cases import Case, Page
from eval.running.identity import Identity


def set_for(asked: Any, case: Case) -> Any:
    """Who is asked, in the setting of the case; what is no assistant of ours knows neither days nor pages."""
    if not isinstance(asked, Assistant):
        return asked
    if day := case.as_of:
        asked = replace(asked, today=lambda: day)
    if case.pages:
        store = _WithPages(asked.store, case.pages, asked.tokenizer.terms)
        documents = [*asked.vocabulary.documents, *(_name(page) for page in case.pages)]
        vocabulary = replace(asked.vocabulary, documents=documents)
        asked = replace(asked, store=cast(SearchStore, store), vocabulary=vocabulary)
    return asked


def identity_in(identity: Identity, case: Case) -> Identity:
    """What the answer to a case depends on, its setting included."""
    if case.as_of:
        identity = replace(identity, as_of=case.as_of.isoformat())
    if case.pages:
        pages = json.dumps([asdict(page) for page in case.pages], ensure_ascii=False)
        identity = replace(identity, corpus=f"{identity.corpus}+{hashlib.sha256(pages.encode()).hexdigest()}")
    return identity


@dataclass(frozen=True)
class _WithPages:
    """A store in which the search among documents finds these pages; all else is the store's own.

    A page covers the share of the search's terms that it holds, each weighing the same.
    """

    store: SearchStore
    pages: Sequence[Page]
    terms: Callable[[str], list[str]]

    def search(self, request: SearchRequest) -> list[Result]:
        if tuple(request.domains) != ("document",):
            return self.store.search(request)
        wanted = set(request.document_ids)
        found = [self._result(page, set(request.terms)) for page in self.pages]
        fitting = [result for result in found if not wanted or result.document_id in wanted]
        return sorted(fitting, key=lambda result: -result.score)[: request.limit]

    def _result(self, page: Page, asked: set[str]) -> Result:
        name, text = _name(page), "\n".join((page.title, *page.sentences))
        covered = len(asked & set(self.terms(text))) / max(1, len(asked))
        return Result(
            rank=0,
            score=covered,
            document_id=name.id,
            source_id=name.id.partition(":")[2],
            chunk_id=f"{name.id}#p1-1",
            domain="document",
            name_ko=page.title,
            name_en="",
            topic="p1",
            text=text,
            sentences=tuple(Sentence(sentence, facet="text", tags=("page:1",)) for sentence in page.sentences),
            coverage=covered,
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def _name(page: Page) -> EntityName:
    return EntityName(f"document:{page.title}", page.title, "")
