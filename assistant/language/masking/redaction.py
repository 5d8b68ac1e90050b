"""What is private in a person's words, taken out of all that is kept of their conversation."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TypeVar, cast

from assistant.language.masking import LABELS, find_private, mask

T = TypeVar("T")


@dataclass
class Redaction:
    """Remembers what one conversation's messages hold that is private, each stretch with what stands in its place.

    What the assistant says is made of public documents, where a date or a link may look like a number or an address of
    somebody: of that, only what repeats the person's own words is masked.
    """

    _private: dict[str, str] = field(default_factory=dict)

    def said(self, text: str) -> str:
        """A person's words, everything private masked."""
        text = unicodedata.normalize("NFC", text)
        self._private |= {text[item.start : item.end]: LABELS[item.kind] for item in find_private(text)}
        return mask(text)

    def derived(self, value: T) -> T:
        """JSON or a text that was made of their words, in which what they said is masked, also spaced otherwise."""
        return cast(T, self._derived(value)) if self._private else value

    def _derived(self, value: object) -> object:
        match value:
            case str():
                return self._text(value)
            case list() | tuple():
                return [self._derived(item) for item in value]
            case dict():
                return {key: self._derived(item) for key, item in value.items()}
        return value

    def _text(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        for stretch, label in self._private.items():
            text = text.replace(stretch, label)
        said = {_bare(stretch): label for stretch, label in self._private.items()}
        for item in reversed(find_private(text)):
            found = _bare(text[item.start : item.end])
            if label := next((label for bare, label in said.items() if found in bare or bare in found), ""):
                text = f"{text[: item.start]}{label}{text[item.end :]}"
        return text


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
