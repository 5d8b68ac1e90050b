"""From paths to records: finds the files, lets each form read its own, and tells every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from tqdm import tqdm

from assistant.errors import SourceError
from ingest.records import (
    Competition,
    Coordinate,
    FaqEntry,
    HouseType,
    Listing,
    Notice,
    Park,
    Record,
    School,
    Station,
    Term,
    TextDocument,
    WinningScore,
)
from ingest.sources import (
    competition,
    coordinates,
    documents,
    dong_centroids,
    faq,
    house_types,
    jsonl,
    listings,
    main_parks,
    notices,
    parks,
    pdf,
    schools,
    stations,
    tables,
    terms,
    winning_scores,
)
from ingest.sources.decoding import read_text
from ingest.sources.problems import LeftOut, SourceErrors

CSV_FORMS = (
    notices.FORM,
    house_types.FORM,
    competition.FORM,
    winning_scores.FORM,
    coordinates.FORM,
    parks.FORM,
    main_parks.FORM,
    stations.STANDARD,
    stations.MASTER,
    schools.FORM,
    dong_centroids.FORM,
    terms.STATIONS,
    terms.DISTRICTS,
    terms.BRANDS,
)
JSONL_FORMS = (faq.FORM, listings.FORM, documents.FORM)
SUFFIXES = (".csv", ".jsonl", *sorted(documents.SUFFIXES), ".pdf")

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Place = TypeVar("Place", tables.Row, jsonl.Entry)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[R_co]):
    """A record and the file and line it stands at. ``line`` is 0 for a record that is a whole file or page."""

    record: R_co
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Sources:
    """All records of some files, by kind, and what was left out on purpose with the reason why."""

    notices: tuple[Notice, ...] = ()
    house_types: tuple[HouseType, ...] = ()
    competition: tuple[Competition, ...] = ()
    scores: tuple[WinningScore, ...] = ()
    coordinates: tuple[Coordinate, ...] = ()
    parks: tuple[Park, ...] = ()
    stations: tuple[Station, ...] = ()
    schools: tuple[School, ...] = ()
    terms: tuple[Term, ...] = ()
    faqs: tuple[Sourced[FaqEntry], ...] = ()
    listings: tuple[Sourced[Listing], ...] = ()
    documents: tuple[Sourced[TextDocument], ...] = ()
    skipped: tuple[tuple[Path, str], ...] = ()


@dataclass(slots=True)
class _Reader:
    """What accumulates while files are read one after another."""

    domain: str | None
    records: list[Sourced[Record]] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)

    def read_file(self, path: Path, name: str) -> None:
        """Read one file; ``name`` is what documents of it are called."""
        suffix = path.suffix.lower()
        try:
            if suffix == ".csv":
                self._read_csv(path)
            elif suffix == ".jsonl":
                self._read_jsonl(path)
            elif suffix in documents.SUFFIXES:
                self._check_domain(path, "a text document", "document")
                self.records.append(Sourced(documents.read_whole(path, name), path, 0))
            elif suffix == ".pdf":
                self._check_domain(path, "a PDF document", "document")
                self.records.extend(Sourced(page, path, 0) for page in pdf.read(path, name))
            elif not path.exists():
                raise SourceError(path, "There is no such file.", "Check the path and run it again.")
            else:
                raise SourceError(
                    path,
                    f"Its kind ({suffix or 'no suffix'}) cannot be read; known are {', '.join(SUFFIXES)}.",
                    "Remove it from the folder, or give the files one by one.",
                )
        except SourceError as error:
            self.errors.append(error)

    def _read_csv(self, path: Path) -> None:
        form: tables.CsvForm | None = None
        for header, row in tables.rows(path, read_text(path)):
            if form is None:
                form = tables.choose_form(path, header, CSV_FORMS)
                self._check_domain(path, form.name, form.domain)
            if form.parse is None:
                self.skipped.append((path, form.unused))
                return
            self._keep(path, row, form.parse)
        if form is None:
            raise SourceError(path, "It has a header line and no rows.", "Add rows, or leave it out.")

    def _read_jsonl(self, path: Path) -> None:
        form: jsonl.JsonlForm | None = None
        before = len(self.errors)
        for entry in jsonl.entries(path, read_text(path)):
            if form is None and isinstance(entry, jsonl.Entry):
                form = jsonl.choose_form(path, list(entry.values), entry.line, JSONL_FORMS)
                self._check_domain(path, form.name, form.domain)
            if isinstance(entry, SourceError):
                self.errors.append(entry)
            elif form is not None:
                self._keep(path, entry, form.parse)
        if form is None and len(self.errors) == before:
            raise SourceError(path, "It is empty.", "Give one JSON object per line, or leave it out.")

    def _keep(self, path: Path, row: Place | SourceError, parse: Callable[[Place], Record]) -> None:
        if isinstance(row, SourceError):
            self.errors.append(row)
            return
        try:
            self.records.append(Sourced(parse(row), path, row.line))
        except SourceError as error:
            self.errors.append(error)
        except LeftOut as reason:
            self.skipped.append((path, str(reason)))

    def _check_domain(self, path: Path, form: str, domain: str) -> None:
        # Context and glossary belong to no domain: they go along with any.
        if self.domain and domain and domain != self.domain:
            raise SourceError(
                path,
                f"It is {form}, of the domain {domain}, but {self.domain} was asked for.",
                "Leave out --domain, or give other files.",
            )


def read(paths: Sequence[Path], domain: str | None = None) -> Sources:
    """Read files, and folders with all that is in them, into records.

    A folder is read recursively, in sorted order, without hidden files and READMEs. Text and PDF documents are called
    by their path inside the given folder, or by their file name where the file itself was given.

    Args:
        paths: files and folders; a file that is reached twice is read once.
        domain: what the files must be (``housing``, ``faq``, ``listing`` or ``document``); None takes any.

    Raises:
        SourceErrors: one or more files cannot be read; all problems of all files at once.
    """
    reader = _Reader(domain)
    seen: set[Path] = set()
    files = list(_files(paths, reader))
    # PDFs take seconds each; everything else is read before a bar would show.
    for path, name in tqdm(files, "Reading", unit=" files", delay=1, leave=False, disable=None):
        if path.resolve() not in seen:
            seen.add(path.resolve())
            reader.read_file(path, name)
    records = _without_duplicates(reader.records, reader.errors)
    if reader.errors:
        raise SourceErrors(reader.errors)

    def of(kind: type[R]) -> tuple[R, ...]:
        return tuple(item.record for item in records if isinstance(item.record, kind))

    def with_origin(kind: type[R]) -> tuple[Sourced[R], ...]:
        return tuple(Sourced(i.record, i.path, i.line) for i in records if isinstance(i.record, kind))

    return Sources(
        notices=of(Notice),
        house_types=of(HouseType),
        competition=of(Competition),
        scores=of(WinningScore),
        coordinates=of(Coordinate),
        parks=tuple(dict.fromkeys(of(Park))),
        stations=stations.merge(of(Station)),
        schools=tuple(dict.fromkeys(of(School))),
        terms=tuple(dict.fromkeys(of(Term))),
        faqs=with_origin(FaqEntry),
        listings=with_origin(Listing),
        documents=with_origin(TextDocument),
        skipped=tuple(reader.skipped),
    )


def _files(paths: Sequence[Path], reader: _Reader) -> Iterator[tuple[Path, str]]:
    for root in paths:
        if not root.is_dir():
            yield root, root.name
            continue
        found = 0
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if not path.is_file():
                continue
            if any(part.startswith(".") for part in inside.parts):
                reader.skipped.append((path, "hidden"))
            elif path.stem.upper() == "README":
                reader.skipped.append((path, "a README describes the folder"))
            else:
                found += 1
                yield path, inside.as_posix()
        if not found:
            reader.errors.append(SourceError(root, "The folder holds no file to read.", "Give another folder."))


def _without_duplicates(records: Sequence[Sourced[Record]], errors: list[SourceError]) -> list[Sourced[Record]]:
    """Each identity once. The same record in two files is one; anything else that repeats an identity is an error."""
    first: dict[tuple[str, str], Sourced[Record]] = {}
    kept: list[Sourced[Record]] = []
    for item in records:
        identity = _identity(item.record)
        if identity is None:
            kept.append(item)
            continue
        earlier = first.setdefault(identity, item)
        if earlier is item:
            kept.append(item)
        elif earlier.path == item.path or earlier.record != item.record:
            where = f"line {earlier.line}" if earlier.path == item.path else f"{earlier.path}, line {earlier.line}"
            errors.append(
                SourceError(
                    item.path,
                    f"{identity[0]} {identity[1]} stands already at {where}.",
                    "Remove one of the two.",
                    line=item.line or None,
                )
            )
    return kept


def _identity(record: Record) -> tuple[str, str] | None:
    match record:
        case Notice():
            return "주택관리번호", record.notice_id
        case HouseType():
            return "주택관리번호 and 모델번호", f"{record.notice_id} and {record.model_number}"
        case Coordinate():
            return "The coordinate of 주택관리번호", record.notice_id
        case FaqEntry():
            return "FAQ id", record.faq_id
        case Listing():
            return "Listing id", record.listing_id
        case TextDocument():
            return "Document id", record.doc_id
    return None
