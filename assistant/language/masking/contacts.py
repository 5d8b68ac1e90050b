"""Addresses and names on the net: e-mail, links, messengers, disguised as people do where they are not allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assistant.language.masking.private import Private
from prompts.yaml_text import parse_yaml

_AT: Final = r"\s*(?:@|＠|\(골뱅이\)|골뱅이|\(at\))\s*"
_DOT: Final = r"\s*(?:\.|닷|쩜|점|\sdot\s)\s*"
# "returned at once. Please write": after the word "at", a dot that a space follows ends a sentence.
_WORD_DOT: Final = r"(?:\.|\s+\.\s*|\s*(?:닷|쩜|점|\sdot\s)\s*)"
_EMAIL: Final = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}(?:{_AT}[A-Za-z0-9-]{{1,63}}(?:{_DOT}(?:[A-Za-z]+|컴|넷))+"
    rf"|\s+at\s+[A-Za-z0-9-]{{1,63}}(?:{_WORD_DOT}(?:[A-Za-z]+|컴|넷))+)"
)
_LINK: Final = re.compile(r"(?:https?://|open\.kakao|www\.)[^\s가-힣]+", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:https?://)?([a-z0-9.-]*[a-z0-9])", re.IGNORECASE)
_MESSENGER: Final = re.compile(
    r"(?:카카오톡|카\s?톡|ㅋㅏ톡|까톡|(?<![가-힣])톡|ㅋㅌ|kakao\s?talk|kakao|텔레그램|텔레|telegram|라인\s*(?:아이디|id)|line\s+id"
    r"|인스타(?:그램)?|instagram|위챗|wechat|왓츠앱|whatsapp)"
    r"\s*(?:아이디|id|친추|으로|로)?\s*[:：=은는]?\s*(?P<name>(?=[A-Za-z0-9_.]*[A-Za-z_])[A-Za-z0-9_.]{4,30})",
    re.IGNORECASE,
)
_PUBLIC: Final = parse_yaml(Path(__file__).with_name("public_hosts.yaml").read_text(encoding="utf-8"))["hosts"]
_HANDLE: Final = re.compile(r"(?<![\w.])@[A-Za-z][A-Za-z0-9_.]{3,30}")


def contact_names(text: str) -> Iterator[Private]:
    """Every e-mail address, link and messenger name; they may overlap."""
    yield from (Private("email", *match.span()) for match in _EMAIL.finditer(text))
    yield from (Private("link", *match.span()) for match in _LINK.finditer(text) if not _is_public(match[0]))
    yield from (Private("messenger", *match.span("name")) for match in _MESSENGER.finditer(text))
    yield from (Private("messenger", *match.span()) for match in _HANDLE.finditer(text))


def _is_public(link: str) -> bool:
    host = _HOST.match(link)
    return host is not None and is_public_host(host[1])


def is_public_host(host: str) -> bool:
    """Whether it is one of the state or of a public body (``public_hosts.yaml``)."""
    return any(f".{host.lower()}".endswith(f".{one}") for one in _PUBLIC)
