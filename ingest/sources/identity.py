"""Each identity once: records that repeat one, within a file or across files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.errors import SourceError
from ingest.records import Coordinate, FaqEntry, HouseType, Listing, Notice, Record, Sourced, TextDocument
from ingest.sources.faq import id_of


def conflicts(records: Iterable[Sourced[Record]]) -> Iterator[tuple[SourceError, Path]]:
    """For every record that repeats an identity: what to tell, and the file of the one before.

    The same record in two files is no conflict. Which of two different ones is right only a person knows, so both
    files are then as bad as each other.
    """
    first: dict[tuple[str, str], Sourced[Record]] = {}
    for item in records:
        identity = _identity(item.record)
        if identity is None:
            continue
        earlier = first.setdefault(identity, item)
        if earlier is not item and (earlier.path == item.path or earlier.record != item.record):
            line = f"line {earlier.line}" if earlier.line else "the whole file"
            where = line if earlier.path == item.path else f"{earlier.path}, {line}"
            yield (
                SourceError(
                    item.path,
                    f"{identity[0]} {identity[1]} stands already at {where}.",
                    "Remove one of the two.",
                    line=item.line or None,
                ),
                earlier.path,
            )


def corrected(records: Sequence[Sourced[Record]], skip: Callable[[Path, str], None]) -> list[Sourced[Record]]:
    """The records without notices that another of the same number corrects ([정정공고]); ``skip`` is told of those."""
    newest: dict[str, tuple[tuple[date, int], Sourced[Record]]] = {}
    for position, item in enumerate(records):
        if isinstance(item.record, Notice) and item.record.corrected:
            order = (item.record.announced or date.min, position)
            if item.record.notice_id not in newest or newest[item.record.notice_id][0] < order:
                newest[item.record.notice_id] = (order, item)
    kept = []
    for item in records:
        number = item.record.notice_id if isinstance(item.record, Notice) else ""
        if number in newest and newest[number][1] is not item:
            skip(item.path, f"a later notice corrects 주택관리번호 {number}")
        else:
            kept.append(item)
    return kept


def once(records: Iterable[Sourced[Record]]) -> list[Sourced[Record]]:
    """The records without those that repeat an identity; of equal ones the first."""
    kept: dict[object, Sourced[Record]] = {}
    for position, item in enumerate(records):
        kept.setdefault(_identity(item.record) or position, item)
    return list(kept.values())


def holders(records: Iterable[Sourced[Record]]) -> dict[str, frozenset[Path]]:
    """By document id: every file that holds its record."""
    found: dict[str, set[Path]] = {}
    for item in records:
        if key := _document_id(item.record):
            found.setdefault(key, set()).add(item.path)
    return {key: frozenset(paths) for key, paths in found.items()}


def _document_id(record: Record) -> str | None:
    match record:
        case Notice():
            return f"housing:{record.notice_id}"
        case FaqEntry():
            return f"faq:{record.faq_id}"
        case Listing():
            return f"listing:{record.listing_id}"
        case TextDocument():
            return f"document:{record.doc_id}"
    return None


def _identity(record: Record) -> tuple[str, str] | None:
    match record:
        case Notice():
            return "주택관리번호", record.notice_id
        case HouseType():
            return "주택관리번호 and 모델번호", f"{record.notice_id} and {record.model_number}"
        case Coordinate():
            return "The coordinate of 주택관리번호", record.notice_id
        case FaqEntry() if record.faq_id == id_of(record.question):
            return "The question", f"“{record.question}”"
        case FaqEntry():
            return "FAQ id", record.faq_id
        case Listing():
            return "Listing id", record.listing_id
        case TextDocument():
            return "Document id", record.doc_id
    return None
