"""Which of thousands of phrases stand in a text, by looking up the text's parts instead of looking for every phrase."""

from __future__ import annotations

from collections.abc import Iterable


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
