"""Numbers that belong to a person: telephone, resident registration, bank account, card, passport, licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.language.masking.digits import Run, runs
from assistant.language.masking.private import Private

_MOBILE: Final = re.compile(r"(?:82)?0?1[016789]\d{7,8}|050\d{8,9}|070\d{8}")
_LANDLINE: Final = re.compile(r"0(?:2|[3-6][1-5])\d{7,8}")
MIN_PHONE: Final = 9  # digits
# YYMMDD and a digit for the century and the sex; 5 to 8 are foreigners'.
_RESIDENT: Final = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]\d{6}")
_HALF_HIDDEN: Final = re.compile(r"(?<!\d)\d{6}\s*[-–]\s*[1-8][\dxX*●]{0,6}[xX*●][\dxX*●]*")
_RESIDENT_NAMED: Final = re.compile(r"주민(?:등록)?(?:번호)?|\bRRN\b|\bresident registration\b", re.IGNORECASE)
_PASSPORT: Final = (
    re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{8}(?!\d)"),
    re.compile(r"(?:여권|passport)\D{0,10}?(?P<number>(?<![A-Za-z0-9])[A-Z]\d{7,8}(?!\d))", re.IGNORECASE),
)
_LICENCE: Final = re.compile(
    r"(?<!\d)(?:\d{2}|[가-힣]{2})[ -]\d{2}-\d{6}-?\d{2}(?!\d)|[가-힣]{2}\s\d{2}-\d{6}-\d{2}(?!\d)"
)
_BANK: Final = re.compile(
    r"계좌|은행|예금주|입금|송금|환불|농협|수협|국민|신한|우리|하나|기업|제일|뱅크|새마을|신협|우체국"
    r"|\b(?:account|bank|refund|kookmin|shinhan|woori|hana|nonghyup)\b",
    re.IGNORECASE,
)
BANK_BEFORE: Final = 25  # characters in which the bank is named before a number without groups
BANK_AFTER: Final = 12
ACCOUNT_DIGITS: Final = range(10, 17)
_CARD: Final = [4, 4, 4, 4]
# A day, or a first and a last one: the dots of 2031.05.01~2031.05.03 part it as those of a telephone number do.
_DAY: Final = r"(?:19|20)\d\d[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}\.?"
_DAYS: Final = re.compile(rf"{_DAY}(?:\s*[~\-–]\s*(?:{_DAY}|(?:\d{{1,2}}[.\-/]\s?)?\d{{1,2}}\.?))?")


def private_numbers(text: str) -> Iterator[Private]:
    """Every number of ``text`` that belongs to a person, longest kinds first; they may overlap."""
    alone, named = _PASSPORT
    yield from (Private("passport", *match.span()) for match in alone.finditer(text))
    yield from (Private("passport", *match.span("number")) for match in named.finditer(text))
    yield from (Private("licence", *match.span()) for match in _LICENCE.finditer(text))
    yield from (Private("resident_number", *match.span()) for match in _HALF_HIDDEN.finditer(text))
    for run in runs(text):
        yield from _of_run(run, text)
    yield from _named_resident_numbers(text)


def _of_run(run: Run, text: str) -> Iterator[Private]:
    start, end = run.span(0, len(run.digits) - 1)
    if _DAYS.fullmatch(text[start:end]):
        return
    if phones := list(_phones(run)):
        yield from phones
    elif _RESIDENT.fullmatch(run.digits) and (not run.breaks or run.breaks == (6,) or not run.plain):
        yield Private("resident_number", *run.span(0, len(run.digits) - 1))
    elif [len(group) for group in run.groups()] == _CARD:
        yield Private("card", *run.span(0, len(run.digits) - 1))
    elif account := _account(run, text):
        yield Private("account", *account.span(0, len(account.digits) - 1))


def _phones(run: Run) -> Iterator[Private]:
    """A number by its prefix; 이 or 일 before it is a word of the sentence, so it is tried from each digit on."""
    first = 0
    while first + MIN_PHONE <= len(run.digits):
        rest = run.digits[first:]
        match = _MOBILE.match(rest) or (_LANDLINE.match(rest) if run.plain and first == 0 else None)
        if match and rest[0] != "8" and rest[0] != "0":
            match = None
        # In a longer unparted number (an account, a notice) the prefix is chance.
        if match and _stands_alone(run, first, first + match.end()):
            yield Private("phone", *run.span(first, first + match.end() - 1))
            first += match.end()
        else:
            first += 1


def _stands_alone(run: Run, first: int, end: int) -> bool:
    """Whether digits are no part of a longer number: what stands beside them is parted from them, or is a word."""
    if not run.plain:
        return True
    return (first == 0 or first in run.breaks) and (end == len(run.digits) or end in run.breaks)


def _account(run: Run, text: str) -> Run | None:
    """The run, or what of it is no word, where it is an account's number."""
    for one in dict.fromkeys((run, run.without_word())):
        if _is_account(one, text):
            return one
    return None


def _is_account(run: Run, text: str) -> bool:
    groups = run.groups()
    if len(run.digits) not in ACCOUNT_DIGITS:
        return False
    start, end = run.span(0, len(run.digits) - 1)
    between = text[start:end]
    if re.search(r"[,.:~]|억|만|원", between):  # amounts, dates and ranges
        return False
    named = _BANK.search(text[max(0, start - BANK_BEFORE) : start]) or _BANK.search(text[end : end + BANK_AFTER])
    grouped = len(groups) >= 3 and run.plain and "-" in between and not groups[0].startswith(("19", "20"))
    return bool(named and (run.plain or len(groups) > 1)) or grouped


def _named_resident_numbers(text: str) -> Iterator[Private]:
    """Halves given apart: "주민번호 앞자리 770707 뒷자리 1456789"."""
    for named in _RESIDENT_NAMED.finditer(text):
        for match in re.finditer(r"(?<!\d)(?:\d{6}|\d{7})(?!\d)", text[named.end() : named.end() + 30]):
            yield Private("resident_number", named.end() + match.start(), named.end() + match.end())
