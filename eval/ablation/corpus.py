"""What the way the corpus is written is worth: naming the complex in every paragraph, in Korean, English or both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from assistant.domain import Chunk, Document
from eval.ablation.memory_search import MemoryIndex, shipped
from eval.ablation.search_parts import SHIPPED, Questions, Row, languages_of, rows_of
from eval.search.cases import Relevant, SearchCase
from ingest.chunking import MAX_LENGTH
from ingest.writing.names import plain_name

NOTICES = 36  # of the corpus: each is embedded in five more forms
Written = Literal["ko", "en", "both"]
_ENGLISH = re.compile(r"\s*\([^()가-힣]*[A-Za-z][^()가-힣]*\)")
_KEYWORDS = re.compile(r"\s*\[[a-z ,0-9'-]+\]$")
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


def rewritten(documents: Iterable[Document], written: Written, *, repeated: bool) -> list[Document]:
    """Housing documents whose chunks are indexed in another form; what can be cited from them stays.

    Args:
        documents: as they ship: ``both`` and ``repeated``; of other domains they are left as they are.
        written: ``ko`` takes English names and keywords out, ``en`` takes the English statements, as many as an English
            chunk may hold.
        repeated: whether every paragraph names the complex; otherwise the first does, and the rest say "this complex".
    """
    return [
        replace(
            document,
            chunks=tuple(
                _chunk(document, chunk, written, named=repeated or number == 0)
                for number, chunk in enumerate(document.chunks)
            ),
        )
        if document.housing is not None
        else document
        for document in documents
    ]


def _chunk(document: Document, chunk: Chunk, written: Written, *, named: bool) -> Chunk:
    text = chunk.text
    if written == "en":
        text = " ".join(sentence.en or sentence.ko for sentence in chunk.sentences)
        text = text[: MAX_LENGTH["en"]].rsplit(" ", 1)[0] if len(text) > MAX_LENGTH["en"] else text
    elif written == "ko":
        text = _ENGLISH.sub("", _KEYWORDS.sub("", text))
    if not named:
        text = _anonymous(document, text)
    return replace(chunk, text=text, language="en" if written == "en" else "ko")


def _anonymous(document: Document, text: str) -> str:
    korean = {document.name_ko, plain_name(document.name_ko)}
    for name in sorted(korean, key=len, reverse=True):
        text = text.replace(f"{name}({document.name_en})", "이 단지").replace(name, "이 단지")
    return text.replace(document.name_en, "this complex")
