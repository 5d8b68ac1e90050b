"""Mending of English names as public data have them."""

from __future__ import annotations

import re

_QUOTES = re.compile("['`’‘]+")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")  # how a digit is said, or a subtitle: Euljiro 3(sam)-ga
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACRONYMS = frozenset({"BEXCO"})
_SMALL_WORDS = frozenset({"at", "of", "and", "for", "the"})


def clean_english(name: str) -> str:
    """``Sungshin Women`s Univ.`` → ``Sungshin Women's Univ.``; ``KANGNAM UNIV`` → ``Kangnam Univ``.

    Empty where the source cut the name off (``Int''''''``): a romanised name is better than half a name.
    """
    name = " ".join(_PARENTHESES.sub("", _QUOTES.sub("'", name)).split())
    if name.endswith("'"):
        return ""
    if name.isupper() and len(name) > 3 and name not in _ACRONYMS:
        name = name.title()
    words = (word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in name.split())
    name = _CAMEL.sub(" ", " ".join(words)).replace("-Gu ", "-gu ").replace("'S ", "'s ")
    return re.sub(r"\s+(?:sta\.|station)$", "", name, flags=re.IGNORECASE)
