"""The documents as the assistant reads them, written for people, as Markdown or PDF."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from assistant.domain import Chunk, Document
from assistant.errors import BudongiError

Format = Literal["md", "pdf"]
MAX_FILE_NAME = 80
_NOT_IN_FILE_NAMES = re.compile(r"[^\w가-힣.-]+")


def file_name(document: Document) -> str:
    """``housing-2025000001-독산동_롯데캐슬.md``: unique by domain and id, readable by name."""
    stem = f"{document.domain}-{document.source_id}-{document.name_ko}"
    return f"{_NOT_IN_FILE_NAMES.sub('_', stem)[:MAX_FILE_NAME].rstrip('._')}.md"


def markdown(document: Document) -> str:
    """The document's names, then each paragraph: the text that is searched, and the sentences that are cited."""
    return "\n".join(_lines(document)) + "\n"


def write(documents: Sequence[Document], folder: Path, form: Format, font: Path | None = None) -> list[Path]:
    """Write documents into ``folder``: Markdown one file each and ``index.md``, PDF one file per domain with bookmarks.

    Args:
        font: a font file with Korean letters; needed for PDF.

    Raises:
        BudongiError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "md":
            return _write_markdown(documents, folder)
        if font is None:
            raise ValueError("a PDF needs a font")
        return [_write_pdf(domain, documents, folder, font) for domain in sorted({each.domain for each in documents})]
    except OSError as error:
        raise BudongiError(
            f"{error.filename or folder}: It cannot be written ({error.strerror}). Give another folder with --out."
        ) from error


def _write_markdown(documents: Sequence[Document], folder: Path) -> list[Path]:
    paths = [folder / file_name(document) for document in documents]
    for path, document in zip(paths, documents, strict=True):
        path.write_text(markdown(document), encoding="utf-8")
    index = [f"- [{document.name_ko}]({path.name})" for document, path in zip(documents, paths, strict=True)]
    (folder / "index.md").write_text("\n".join(["# What the assistant reads", "", *index]) + "\n", encoding="utf-8")
    return [*paths, folder / "index.md"]


def _write_pdf(domain: str, documents: Sequence[Document], folder: Path, font: Path) -> Path:
    """One file for all: a font is cut to the letters used once per file, which takes longer than all the rest."""
    from fpdf import FPDF

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # tells of every table that a subset leaves out
    pdf = FPDF()
    pdf.add_font("korean", fname=font)
    pdf.set_title(f"budongi: {domain}")
    for document in documents:
        if document.domain == domain:
            pdf.add_page()
            pdf.set_font("korean", size=16)
            pdf.start_section(document.name_ko)
            for size, space, text in _styled(document):
                pdf.set_font("korean", size=size)
                pdf.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
                pdf.ln(space)
    path = folder / f"{domain}.pdf"
    path.write_bytes(bytes(pdf.output()))
    return path


def _lines(document: Document) -> Iterator[str]:
    yield f"# {document.name_ko}"
    yield ""
    if document.name_en not in ("", document.name_ko):
        yield f"- English: {document.name_en}"
    if document.aliases:
        yield f"- Also called: {', '.join(document.aliases)}"
    yield f"- Id: `{document.id}`"
    if document.origin:
        yield f"- Source: {document.origin}"
    for chunk in document.chunks:
        yield ""
        yield f"## {chunk.topic}"
        yield ""
        yield chunk.text.replace("\n", "  \n")
        yield ""
        yield from (f"- {sentence}" for sentence in _sentences(chunk))


def _sentences(chunk: Chunk) -> Iterator[str]:
    for sentence in chunk.sentences:
        yield sentence.ko
        if sentence.en not in ("", sentence.ko):
            yield sentence.en


def _styled(document: Document) -> Iterator[tuple[int, int, str]]:
    """Size in points, space after in millimetres, text."""
    yield 16, 1, document.name_ko
    if document.name_en not in ("", document.name_ko):
        yield 11, 1, document.name_en
    if document.aliases:
        yield 9, 1, f"Also called: {', '.join(document.aliases)}"
    yield 9, 4, f"{document.id}  {document.origin}"
    for chunk in document.chunks:
        yield 13, 1, chunk.topic
        yield 10, 2, chunk.text
        for sentence in _sentences(chunk):
            yield 9, 0, f"· {sentence}"
        yield 9, 3, ""
