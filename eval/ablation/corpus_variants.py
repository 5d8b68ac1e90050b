"""The sample corpus written in other ways: without naming the complex in every paragraph, and in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from assistant.domain import Chunk, Document
from ingest.chunking import MAX_LENGTH
from ingest.writing.names import plain_name

Written = Literal["ko", "en", "both"]
_ENGLISH = re.compile(r"\s*\([^()가-힣]*[A-Za-z][^()가-힣]*\)")
_KEYWORDS = re.compile(r"\s*\[[a-z ,0-9'-]+\]$")


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
