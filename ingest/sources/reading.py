"""From paths to records: lets each form read its own files, and tells every problem of every file.

One bad line leaves its whole file out, and only that file: half a file would look like a file from which the rest was
removed. Housing files are joined with each other, so one bad file among them leaves out all of them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TypeVar

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
    Place,
    Record,
    School,
    Sourced,
    Station,
    Term,
    TextDocument,
    WinningScore,
)
from ingest.sources import (
    documents,
    faq,
    finding,
    html,
    identity,
    jsonl,
    listings,
    pdf,
    stations,
    tables,
)
from ingest.sources.columns import Form, choose
from ingest.sources.decoding import read_text
from ingest.sources.problems import LeftOut
from prompts.loader import Prompts

log = logging.getLogger(__name__)

# Modules beside this one that hold the forms of CSV files.
CSV_MODULES = (
    "notices",
    "house_types",
    "coordinates",
    "parks",
    "stations",
    "schools",
    "libraries",
    "terms",
    "faq",
)
CSV_FORMS = tuple(
    form
    for name in CSV_MODULES
    for form in vars(import_module(f"ingest.sources.{name}")).values()
    if isinstance(form, Form)
)
JSONL_FORMS = (faq.FORM, documents.FORM)
JSON_SUFFIXES = (".jsonl", ".json")
ALONE = ("faq", "listing")  # domains of CSV files that are never joined with others
SUFFIXES = (".csv", *JSON_SUFFIXES, *sorted(documents.SUFFIXES), *sorted(html.SUFFIXES), ".pdf")

SHOWN_PER_FILE = 20  # problems; a million-line file of another form has a million

R = TypeVar("R")
Line = TypeVar("Line", tables.Row, jsonl.Entry)


@dataclass(frozen=True, slots=True)
class Sources:
    """All records of the good files, by kind; what was left out on purpose; and what is wrong with the bad files.

    ``bad`` are the files of which nothing was taken; documents of theirs that are stored already stay as they are.
    ``housing_left_out``: one of them belongs to the notices or may do so, and then no housing record is here at all.
    ``files`` are those found good, apart from those that were left out along with a bad one; ``held`` says, by document
    id, which of them hold its record, and ``term_files`` which first named a proper noun.
    """

    notices: tuple[Notice, ...] = ()
    house_types: tuple[HouseType, ...] = ()
    competition: tuple[Competition, ...] = ()
    scores: tuple[WinningScore, ...] = ()
    coordinates: tuple[Coordinate, ...] = ()
    parks: tuple[Park, ...] = ()
    stations: tuple[Station, ...] = ()
    schools: tuple[School, ...] = ()
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    faqs: tuple[Sourced[FaqEntry], ...] = ()
    listings: tuple[Sourced[Listing], ...] = ()
    documents: tuple[Sourced[TextDocument], ...] = ()
    skipped: tuple[tuple[Path, str], ...] = ()
    errors: tuple[SourceError, ...] = ()
    bad: frozenset[Path] = frozenset()
    housing_left_out: bool = False
    files: tuple[Path, ...] = ()
    held: Mapping[str, frozenset[Path]] = field(default_factory=dict)
    term_files: Mapping[Term, Path] = field(default_factory=dict)

    def without(self, errors: Sequence[SourceError]) -> Sources:
        """Without the files that turned out to be bad only when their documents were written."""
        bad = self.bad | {Path(error.path) for error in errors}
        return replace(
            self,
            faqs=tuple(item for item in self.faqs if item.path not in bad),
            listings=tuple(item for item in self.listings if item.path not in bad),
            documents=tuple(item for item in self.documents if item.path not in bad),
            errors=(*self.errors, *errors),
            bad=bad,
            files=tuple(path for path in self.files if path not in bad),
            held={key: paths - bad for key, paths in self.held.items() if paths - bad},
        )


@dataclass(slots=True)
class _Reader:
    """What accumulates while files are read one after another."""

    prompts: Prompts
    domain: str | None
    cache: Path | None
    records: list[Sourced[Record]] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    bad: set[Path] = field(default_factory=set)
    # Of no domain that stands alone: a CSV file whose form is unknown may be the notices with a damaged header.
    joined: set[Path] = field(default_factory=set)

    def fail(self, error: SourceError, *also: Path) -> None:
        """Note what is wrong, and that nothing of its file is to be taken, nor of those in ``also``."""
        self.errors.append(error)
        self.bad |= {Path(error.path), *also}

    def miss(self, error: SourceError) -> None:
        """Note a file or folder that is not there: where it could have held notices, they are not complete."""
        self.fail(error)
        if Path(error.path).suffix.lower() in ("", ".csv"):
            self.joined.add(Path(error.path))

    def read_file(self, path: Path, name: str) -> None:
        """Read one file; ``name`` is what documents of it are called."""
        suffix = path.suffix.lower()
        try:
            if suffix == ".csv":
                self._read_csv(path)
            elif suffix in JSON_SUFFIXES:
                self._read_json(path)
            elif suffix in documents.SUFFIXES:
                self._read_text(path, name)
            elif suffix == ".pdf":
                self._check_domain(path, "a PDF document", "document")
                document, notes = pdf.read(path, name, self.cache)
                self.records.append(Sourced(document, path, 0))
                self.skipped += [(path, note) for note in notes]
            elif suffix in html.SUFFIXES:
                self._check_domain(path, "an HTML document", "document")
                self.records.append(Sourced(html.read(path, name), path, 0))
            else:
                raise SourceError(
                    path,
                    f"Its kind ({suffix or 'no suffix'}) cannot be read; known are {', '.join(SUFFIXES)}.",
                    "Remove it from the folder, or give the files one by one.",
                )
        except SourceError as error:
            self.fail(error)
        # What no reader foresaw is a bug of its own, and still no reason to lose the other files.
        except Exception:
            log.debug("%s cannot be read", path, exc_info=True)
            self.fail(
                SourceError(
                    path,
                    "Something in it is of a kind that its reader does not know.",
                    "Save it anew from the program that made it, or leave it out; BUDONGI_LOG_LEVEL=debug says more.",
                )
            )

    def _with_posts(self, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        return (*forms, listings.form(self.prompts))

    def _read_csv(self, path: Path) -> None:
        self.joined.add(path)
        header, rows = tables.table(path, read_text(path))
        forms = self._with_posts(CSV_FORMS)
        if any(form.domain in ALONE and form.detect(header) for form in forms):
            self.joined.discard(path)
        form = choose(path, "headers", header, forms, self.domain, line=1)
        self._check_domain(path, form.name, form.domain)
        first = next(rows, None)
        if first is None:
            raise SourceError(path, "It has a header line and no rows.", "Add rows, or leave it out.")
        if form.parse is None:
            self.skipped.append((path, form.unused))
            return
        for row in chain((first,), rows):
            self._keep(path, row, form.parse)

    def _read_json(self, path: Path) -> None:
        form: Form | None = None
        for entry in jsonl.entries(path, read_text(path)):
            if form is None and isinstance(entry, jsonl.Entry):
                forms = self._with_posts(JSONL_FORMS)
                form = choose(path, "keys", list(entry.values), forms, self.domain, entry.line)
                self._check_domain(path, form.name, form.domain)
            if isinstance(entry, SourceError):
                self.fail(entry)
            elif form is not None and form.parse is not None:
                self._keep(path, entry, form.parse)
        if form is None and path not in self.bad:
            raise SourceError(path, "It is empty.", "Give one JSON object per line, or leave it out.")

    def _read_text(self, path: Path, name: str) -> None:
        if path.suffix.lower() == documents.PLAIN and jsonl.is_form(read_text(path), self._with_posts(JSONL_FORMS)):
            self._read_json(path)
            return
        document = documents.read_whole(path, name)
        entries = faq.markdown_entries(document.text, name) if path.suffix.lower() != documents.PLAIN else []
        self._check_domain(path, *(("an FAQ page", "faq") if entries else ("a text document", "document")))
        records: list[Record] = [*entries] if entries else [document]
        self.records += [Sourced(record, path, 0) for record in records]

    def _keep(self, path: Path, row: Line | SourceError, parse: Callable[[Line], Record]) -> None:
        if isinstance(row, SourceError):
            self.fail(row)
            return
        try:
            self.records.append(Sourced(parse(row), path, row.line))
        except SourceError as error:
            self.fail(error)
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


def read(prompts: Prompts, paths: Sequence[Path], domain: str | None = None, cache: Path | None = None) -> Sources:
    """Read files, and folders with all that is in them, into records.

    A folder is read recursively, in sorted order, without hidden files and READMEs. Text and PDF documents are called
    by their path inside the given folder, or by their file name where the file itself was given. A file that is
    reached twice is read once. What is wrong is in ``errors`` of what is returned, and never raised.

    Args:
        prompts: the words of posts.
        paths: files and folders.
        domain: what the files must be (``housing``, ``faq``, ``listing`` or ``document``); None takes any.
        cache: folder where what was read of PDFs is kept; None keeps nothing.
    """
    reader = _Reader(prompts, domain, cache)
    files = list(finding.files(paths, SUFFIXES, lambda *skipped: reader.skipped.append(skipped), reader.miss))
    # PDFs take seconds each; everything else is read before a bar would show.
    for path, name in tqdm(files, "Reading", unit=" files", delay=1, leave=False, disable=None):
        reader.read_file(path, name)
    good = [item for item in reader.records if item.path not in reader.bad]
    good = identity.corrected(good, lambda *skipped: reader.skipped.append(skipped))
    for error, earlier in list(identity.conflicts(good)):
        reader.fail(error, earlier)
    housing_left_out = not reader.joined.isdisjoint(reader.bad)
    left_out = reader.bad | (reader.joined if housing_left_out else set())
    good = [item for item in good if item.path not in left_out]
    records = identity.once(good)
    # Of several files that name a noun, the first: so from the last to the first.
    term_files = {item.record: item.path for item in reversed(good) if isinstance(item.record, Term)}

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
        places=tuple(dict.fromkeys(of(Place))),
        terms=tuple(dict.fromkeys(of(Term))),
        faqs=with_origin(FaqEntry),
        listings=with_origin(Listing),
        documents=with_origin(TextDocument),
        skipped=tuple(reader.skipped),
        errors=tuple(_in_measure(reader.errors)),
        bad=frozenset(reader.bad),
        housing_left_out=housing_left_out,
        files=tuple(path for path, _ in files if path not in left_out),
        held=identity.holders(good),
        term_files=term_files,
    )


def _in_measure(errors: Sequence[SourceError]) -> Iterator[SourceError]:
    """The first problems of every file, and how many more it has."""
    told: Counter[str] = Counter()
    for error in errors:
        told[error.path] += 1
        if told[error.path] <= SHOWN_PER_FILE:
            yield error
    for path, number in told.items():
        if number > SHOWN_PER_FILE:
            yield SourceError(path, f"It has {number - SHOWN_PER_FILE:,} more such problems.", "Mend these first.")
