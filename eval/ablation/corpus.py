"""What the way the corpus is written is worth: naming the complex in every paragraph, in Korean, English or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import Document
from assistant.ports import Vectors
from eval.ablation.corpus_variants import Written, rewritten
from eval.ablation.memory_search import MemoryIndex, shipped
from eval.ablation.search_parts import SHIPPED, Questions, Row, languages_of, rows_of
from eval.search.cases import Relevant, SearchCase

NOTICES = 36  # of the corpus: each is embedded in five more forms
AS_SHIPPED = "both, named in every paragraph"


def subset(documents: Sequence[Document], cases: Sequence[SearchCase], notices: int = NOTICES) -> list[Document]:
    """Notices that questions on details are about, others spread evenly up to ``notices``, and all but notices."""
    asked = {source for case in cases if case.relevant.facts for source in case.relevant.sources}
    housing = [document for document in documents if document.housing is not None]
    others = [document for document in housing if document.source_id not in asked]
    room = max(0, min(notices - len(asked), len(others)))
    kept = {others[number * len(others) // room].id for number in range(room)}
    return [
        document
        for document in documents
        if document.housing is None or document.source_id in asked or document.id in kept
    ]


def within(cases: Sequence[SearchCase], documents: Sequence[Document]) -> list[SearchCase]:
    """Questions on housing that these documents can answer, their gold cut down to what is there."""
    held = {document.source_id for document in documents if document.housing is not None}
    kept = []
    for case in cases:
        sources = tuple(source for source in case.relevant.sources if source in held)
        if sources:
            enough = min(case.relevant.enough, len(sources))
            kept.append(replace(case, relevant=Relevant(sources, case.relevant.facts, enough)))
    return kept


def corpus_rows(
    questions: Questions,
    documents: Sequence[Document],
    index: Callable[[Sequence[Document]], MemoryIndex],
) -> list[Row]:
    """{named in every paragraph, or once} × {ko, en, both} × {language of the question}, by the shipped ranking."""
    chosen = subset(documents, questions.cases)
    cases = within(questions.cases, chosen)
    found = {}
    forms: tuple[Written, ...] = ("ko", "en", "both")
    for written in forms:
        for repeated in (True, False):
            how = f"{written}, named {'in every paragraph' if repeated else 'once'}"
            found[how] = questions.unfiltered(index(rewritten(chosen, written, repeated=repeated)), shipped, cases)
    rows = rows_of(f"written ({len(chosen)} documents, {SHIPPED})", found, AS_SHIPPED)
    for language, of in languages_of(cases).items():
        ids = {case.id for case in of}
        asked = {how: [one for one in outcomes if one.case.id in ids] for how, outcomes in found.items()}
        rows += rows_of(f"written, asked in {language}", asked, AS_SHIPPED)
    return rows


def embed_all(documents: Sequence[Document], embed: Callable[[list[str]], Vectors]) -> Vectors:
    """Vectors of all chunks, shape ``(chunks, dimensions)``, in the documents' order."""
    return embed([chunk.text for document in documents for chunk in document.chunks])
