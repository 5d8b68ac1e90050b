"""Addresses on the web and of mail in a text, however they are disguised: what a page may turn into a link."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from assistant.language.masking.contacts import contact_names, is_public_host

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# A scheme and what follows it, markup that points somewhere, a host with a path or without.
_ADDRESS = re.compile(
    r"(?<!\w)[a-z][a-z0-9+.-]*:(?=[^\s\d])\S*"
    r"|\]\s*[(\[][^)\]\n]*[)\]]?|<\s*[a-z/!][^>\n]*>?"
    r"|//\S+"
    r"|(?<![\w@.])[^\W_](?:[\w-]*[^\W_])?(?:(?:\.|\[\.\]|\(\.\))[^\W_](?:[\w-]*[^\W_])?)*"
    r"(?:\.|\[\.\]|\(\.\))(?:(?-i:[a-z\u0370-\u052f]{2,}|[A-Z]{2,})|xn--\w+|한국)(?![\w-])(?:[/:?#]\S*)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?([a-z0-9.-]+)(?=[/:?#]|$)", re.IGNORECASE)
# What GFM makes a link of by itself: it is broken by a letter that nobody sees.
_LINKED = re.compile(r"https?://[^\s가-힣<>]*|www\.[^\s가-힣<>]*|(?<=[\w.+-])@(?=[\w-]+\.)", re.IGNORECASE)
JOINER = "\u2060"


def plainly(text: str) -> str:
    """The text without what hides an address: escapes, wide letters, letters of no width."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", unquote(html.unescape(text)))).lower()


def addresses_in(text: str) -> list[str]:
    """Every address of the text, as :func:`plainly` writes it."""
    plain = plainly(text)
    upper = _UNSEEN.sub("", unicodedata.normalize("NFKC", unquote(html.unescape(text))))
    found = [match[0].lower().rstrip(".,;!?)”’'\"") for match in _ADDRESS.finditer(upper)]
    return [*found, *(plain[item.start : item.end] for item in contact_names(plain) if item.kind in ("link", "email"))]


def is_public(address: str) -> bool:
    """Whether it is a page of the state or of a public body."""
    host = _HOST.match(address)
    return host is not None and is_public_host(host[1])


def unlinked(text: str) -> str:
    """The text in which no page finds a link, but to public bodies; it looks as before."""

    def broken(match: re.Match[str]) -> str:
        found = match[0]
        if found == "@":
            return f"@{JOINER}"
        if is_public(found):
            return found
        at = found.index(":") + 1 if ":" in found[:6] else 3
        return f"{found[:at]}{JOINER}{found[at:]}"

    return _LINKED.sub(broken, text)
