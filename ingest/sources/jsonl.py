"""JSON lines and JSON arrays: objects, and their values with errors that name line and key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SourceError
from ingest.sources.columns import LONGEST_SHOWN, Form

ONE_A_LINE = "Give one JSON object per line, or an array of them."
_KINDS: Mapping[type, str] = {list: "list", str: "text", bool: "truth value", int: "number", float: "number"}
_NEXT = re.compile(r"\s*")
_SEPARATOR = re.compile(r"\s*([,\]])")
# JSON can write these as escapes, in files that are proper UTF-8. No store takes them.
_NO_TEXT = re.compile("[\\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a JSON file; ``line`` is where it begins. Every getter raises SourceError."""

    path: Path
    line: int
    values: Mapping[str, object]

    def names(self) -> Iterable[str]:
        return self.values

    def value(self, name: str) -> str:
        return self.text(name)

    def broken(self, column: str, expected: str) -> SourceError:
        return SourceError(
            self.path,
            f"Key {column} holds {repr(self.values.get(column))[:LONGEST_SHOWN]}, which is not {expected}.",
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


def entries(path: Path, text: str) -> Iterator[Entry | SourceError]:
    """Each object of a JSON array, or of lines that are not blank, or what is wrong with it."""
    if text.lstrip().startswith("["):
        yield from _elements(path, text)
    # An object over several lines.
    elif not text.strip().partition("\n")[0].rstrip().endswith("}") and (whole := _object(text)) is not None:
        yield Entry(path, 1, whole)
    else:
        yield from _lines(path, text)


def is_form(text: str, forms: Sequence[Form]) -> bool:
    """Whether a text, whatever its file is called, begins with an object of one of the forms."""
    value = _object(text.strip().partition("\n")[0]) if text.lstrip().startswith("{") else None
    return value is not None and any(form.detect(value) for form in forms)


def _object(text: str) -> dict[str, object] | None:
    """The object that a text is as a whole."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _lines(path: Path, text: str) -> Iterator[Entry | SourceError]:
    # Not splitlines(): it also breaks at U+2028 and other characters that JSON allows inside a string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            yield _entry(path, line, json.loads(content))
        except ValueError as error:
            yield SourceError(path, f"It is not JSON ({_why(error)}).", ONE_A_LINE, line=line)
        except RecursionError:
            yield SourceError(path, "It is nested too deeply.", "Give one flat JSON object per line.", line=line)


def _elements(path: Path, text: str) -> Iterator[Entry | SourceError]:
    """The objects of one array; after something that is no JSON, nothing more can be told apart."""
    decoder = json.JSONDecoder()
    position, line, counted = text.index("[") + 1, 1, 0
    closed = False
    try:
        while not closed:
            position = _NEXT.match(text, position).end()  # type: ignore[union-attr]
            line, counted = line + text.count("\n", counted, position), position
            if closed := text[position : position + 1] == "]":
                break
            value, position = decoder.raw_decode(text, position)
            yield _entry(path, line, value)
            separator = _SEPARATOR.match(text, position)
            if separator is None:
                raise ValueError("a comma or the closing bracket is missing")
            closed, position = separator[1] == "]", separator.end()
        if rest := text[position:].strip(" \t\r\n]"):
            raise ValueError(f"{rest[:20]!r} stands after the closing bracket")
    except ValueError as error:
        yield SourceError(path, f"It is not JSON ({_why(error)}).", "Mend it there.", line=line)
    except RecursionError:
        yield SourceError(path, "It is nested too deeply.", "Give an array of flat JSON objects.", line=line)


def _entry(path: Path, line: int, value: object) -> Entry | SourceError:
    if isinstance(value, dict):
        return Entry(path, line, value)
    return SourceError(path, f"It is a JSON {_KINDS.get(type(value), 'null')}.", ONE_A_LINE, line=line)


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at its character {error.colno}"
    return str(error)
