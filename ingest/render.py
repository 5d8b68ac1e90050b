"""The documents as the assistant reads them, written for people, as Markdown or PDF."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.domain import Document
from assistant.errors import BudongiError

Format = Literal["md", "pdf"]
MAX_FILE_NAME = 80


class Style(NamedTuple):
    """How a part of a document is written; ``size`` in points and ``space`` before it in millimetres are of the PDF."""

    markdown: str
    pdf: str
    size: int
    space: int


STYLES = {
    "name": Style("# {}\n", "{}", 16, 0),
    "english": Style("- English: {}", "{}", 11, 1),
    "aliases": Style("- Also called: {}", "Also called: {}", 9, 1),
    "id": Style("- Id: `{}`", "{}", 9, 1),
    "source": Style("- Source: {}", "{}", 9, 0),
    "topic": Style("\n## {}\n", "{}", 13, 5),
    "text": Style("{}\n", "{}", 10, 1),
    "sentence": Style("- {}", "· {}", 9, 1),
}
_NOT_IN_FILE_NAMES = re.compile(r"[^\w가-힣.-]+")


def file_name(document: Document) -> str:
    """``housing-2025000001-독산동_롯데캐슬.md``: unique by domain and id, readable by name."""
    stem = f"{document.domain}-{document.source_id}-{document.name_ko}"
    return f"{_NOT_IN_FILE_NAMES.sub('_', stem)[:MAX_FILE_NAME].rstrip('._')}.md"


def markdown(document: Document) -> str:
    """The document's names, then each paragraph: the text that is searched, and the sentences that are cited."""
    lines = [STYLES[style].markdown.format(text.replace("\n", "  \n")) for style, text in _parts(document)]
    return "\n".join(lines) + "\n"


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
            for style, text in _parts(document):
                form = STYLES[style]
                pdf.set_font("korean", size=form.size)
                pdf.ln(form.space)
                pdf.multi_cell(0, form.size * 0.5, form.pdf.format(text), align="L", new_x="LMARGIN", new_y="NEXT")
    path = folder / f"{domain}.pdf"
    path.write_bytes(bytes(pdf.output()))
    return path


def _parts(document: Document) -> Iterator[tuple[str, str]]:
    """What is written of a document, in order, each with its style."""
    yield "name", document.name_ko
    if document.name_en not in ("", document.name_ko):
        yield "english", document.name_en
    if document.aliases:
        yield "aliases", ", ".join(document.aliases)
    yield "id", document.id
    if document.origin:
        yield "source", document.origin
    for chunk in document.chunks:
        yield "topic", chunk.topic
        yield "text", chunk.text
        for sentence in chunk.sentences:
            yield "sentence", sentence.ko
            if sentence.en not in ("", sentence.ko):
                yield "sentence", sentence.en
