"""Which of thousands of phrases stand in a text, by looking up the text's parts instead of looking for every phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class PhraseIndex:
    """Phrases, in the order in which they are to be found."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._position = {phrase: number for number, phrase in enumerate(dict.fromkeys(phrases))}
        self._lengths = sorted({len(phrase) for phrase in self._position})

    def within(self, text: str) -> list[str]:
        """Those that ``text`` holds, in their order."""
        if len(text) * len(self._lengths) > len(self._position):  # a long text has more parts than there are phrases
            return [phrase for phrase in self._position if phrase in text]
        parts = {text[start : start + size] for size in self._lengths for start in range(len(text) - size + 1)}
        return sorted(self._position.keys() & parts, key=self._position.__getitem__)


class ByPhrase(Generic[Item]):
    """Things in their order, each found by any of its keys."""

    def __init__(self, items: Iterable[tuple[tuple[str, ...], Item]]) -> None:
        self._items: list[Item] = []
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, (keys, item) in enumerate(items):
            self._items.append(item)
            for key in keys:
                self._numbers[key].append(number)
        self._keys = PhraseIndex(self._numbers)

    def within(self, text: str) -> list[Item]:
        """Those of which ``text`` holds a key."""
        numbers = {number for key in self._keys.within(text) for number in self._numbers[key]}
        return [self._items[number] for number in sorted(numbers)]
