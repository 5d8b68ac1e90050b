"""JSON lines: recognising a form by its keys, and reading values with errors that name line and key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SourceError
from ingest.records import FaqEntry, Listing, TextDocument

LONGEST_SHOWN = 300  # characters of a value in a message

# JSON can write these as escapes, in files that are proper UTF-8. No store takes them.
_NO_TEXT = re.compile("[\\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a JSON lines file. Every getter raises SourceError."""

    path: Path
    line: int
    values: Mapping[str, object]

    def broken(self, key: str, expected: str) -> SourceError:
        return SourceError(
            self.path,
            f"Key {key} holds {repr(self.values.get(key))[:LONGEST_SHOWN]}, which is not {expected}.",
            "Mend the value or remove the line.",
            line=self.line,
        )

    def text(self, key: str) -> str:
        """Text, or empty where the key is missing or null. A number is taken as written."""
        return self._as_text(key, self.values.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, in order; none where the key is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.broken(key, "a list of texts")
        return tuple(text for item in value if (text := self._as_text(key, item)))

    def _as_text(self, key: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.broken(key, "text")
        if isinstance(value, str) and (wrong := _NO_TEXT.search(value)):
            what = "a NUL character" if wrong.group() == "\0" else "half of a surrogate pair"
            raise SourceError(
                self.path, f"Key {key} holds {what}, which no text has.", "Correct it in its source.", line=self.line
            )
        return str(value).strip()

    def required(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise self.broken(key, "allowed to be missing or empty")
        return value


@dataclass(frozen=True, slots=True)
class JsonlForm:
    """A JSON lines form: the keys every line must have, and how one line becomes a record."""

    name: str
    domain: str
    keys: tuple[str, ...]
    parse: Callable[[Entry], FaqEntry | Listing | TextDocument]

    def detect(self, keys: Sequence[str]) -> bool:
        return set(self.keys) <= set(keys)


def choose_form(path: Path, keys: Sequence[str], line: int, forms: Sequence[JsonlForm]) -> JsonlForm:
    """The form with the most keys among those the first line has in full.

    Raises:
        SourceError: none fits; names the keys found and what each form needs.
    """
    fitting = [form for form in forms if form.detect(keys)]
    if fitting:
        return max(fitting, key=lambda form: len(form.keys))
    found = f"{', '.join(keys)[:LONGEST_SHOWN]}" or "none"
    known = "; ".join(f"{form.name}: {', '.join(form.keys)}" for form in forms)
    raise SourceError(
        path,
        f"Its keys are of no known form. Found: {found}. Known forms: {known}.",
        "Add the missing keys, or leave the file out.",
        line=line,
    )


def entries(path: Path, text: str) -> Iterator[Entry | SourceError]:
    """Each line that is not blank, or what is wrong with it."""
    # Not splitlines(): it also breaks at U+2028 and other characters that JSON allows inside a string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            value = json.loads(content)
        except ValueError as error:
            yield SourceError(path, f"It is not JSON ({error}).", "Give one JSON object per line.", line=line)
            continue
        except RecursionError:
            yield SourceError(path, "It is nested too deeply.", "Give one flat JSON object per line.", line=line)
            continue
        if isinstance(value, dict):
            yield Entry(path, line, value)
        else:
            yield SourceError(
                path, f"It is a JSON {type(value).__name__}.", "Give one JSON object per line.", line=line
            )
