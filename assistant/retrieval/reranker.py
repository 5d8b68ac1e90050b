"""What an answer must look like, and which passages of free text look like it.

Words and meaning find passages on the topic; a question also says what kind of answer it wants. "When is the interim
payment due" is on the topic of every passage on interim payments, and answered by the one that holds dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.domain import Result, Understanding
from assistant.language.text import ReadableText, squeeze
from prompts.loader import Prompts

FREE_TEXT = ("faq", "document")
KIND_BONUS = 0.08
ARTICLE_BONUS = 0.3
FLOOR_BONUS = 0.1
TOLD_APART = 0.1  # more for what the question tells apart from its like (소득有, 신혼부부 Ⅰ), less for its like
OTHERS_NOTICE = 0.15  # less for the notice of one complex, where the question names none: it asks for the rule
VARIED = 0.1  # less for what holds after a change that the question does not speak of: 최저납부 시, 전환
PAGE_MATE = 0.1  # of the score of the next best passage on its page: where the matter is treated, several fit
_IGNORE = re.IGNORECASE
_NOTICE = re.compile(r"모집|recruitment notice", _IGNORE)  # in a title: a notice, and no guide or law
# (what the question asks for, what a passage that answers it holds)
_KINDS = (
    (
        re.compile(r"언제|날짜|기간|며칠|일정|발표일|예정일|까지\b|\bwhen\b|\bdates?\b|\bdeadline\b", _IGNORE),
        re.compile(r"\d{2,4}\s?[.년]\s?\d{1,2}\s?[.월]|\b\d{1,2}\.\s?\d{1,2}\.?\s?\("),
    ),
    (
        re.compile(
            r"얼마|금액|가격|한도|분양가|임대료|월세|보증금|비용|\bhow much\b|\bprice|\bcosts?\b|\bdeposit\b|\brent\b",
            _IGNORE,
        ),
        re.compile(r"\d{1,3}(?:,\d{3})+|\d\s?만\s?원|\d\s?억"),
    ),
    (re.compile(r"퍼센트|%|비율|\bpercent\b|\bshare\b", _IGNORE), re.compile(r"\d\s?(?:%|퍼센트)")),
    (re.compile(r"몇\s?(?:년|개월)|기간|\bhow long\b", _IGNORE), re.compile(r"\d\s?(?:년|개월)")),
    (re.compile(r"몇\s?(?:세대|호|실)|\bhow many\b", _IGNORE), re.compile(r"\d\s?(?:세대|호|실)|세대수")),
)
_ARTICLE = re.compile(r"제\s?(\d+)\s?조(?:의\s?(\d+))?|\bArticle (\d+)(?:-(\d+))?\b", _IGNORE)
_FLOOR = re.compile(
    r"(?<![\d~,.-])(\d{1,2})\s*층|\b(\d{1,2})(?:st|nd|rd|th) floor|\bfloors? (\d{1,2})\b", re.IGNORECASE
)
# 소득 있음, 소득이 없으면; as tables have it: 소득有, 소득(無).
_SAYS_WHETHER_THERE_IS = re.compile(r"([가-힣]{2,15}?)(?:이|가|은|는|도)?\s?\(?([있없有無])")
_NUMBERED = re.compile(r"([가-힣]{2,15})\s?([Ⅰ-Ⅹ]|[IVX]{1,4}(?![A-Za-z]))")  # of several that are called alike
_SAME = str.maketrans("有無", "있없")
_VARIANT = re.compile(r"최대|최저|최소|전환|차감")
_PAGE = re.compile(r"document:.*#p\d+(?=-\d+$|$)")
_ROW_FLOORS = re.compile(r"층[^,]{0,8}? (\d{1,2})(?:\s*[~∼-]\s*(\d{1,2}))?(?=층|,|$)", re.MULTILINE)


def ranked_by_kind(question: str, results: Sequence[Result], *, of_none: bool = False) -> list[Result]:
    """The results again, best first: free text that looks like the answer scores higher, notices and posts do not.

    ``of_none``: the question names no complex and no document, and what one complex's notice says answers it less than
    a guide or a law.
    """
    scored = [
        replace(
            result, score=result.score + bonus(question, result.text) - OTHERS_NOTICE * (of_none and _is_notice(result))
        )
        if result.domain in FREE_TEXT
        else result
        for result in results
    ]
    return sorted(_with_page_mates(scored), key=lambda result: -result.score)


def _with_page_mates(results: Sequence[Result]) -> Iterator[Result]:
    """The best passage of every page lifted by the next best of the same page."""
    pages: dict[str, list[Result]] = {}
    for result in results:
        if page := _PAGE.match(result.chunk_id):
            pages.setdefault(page[0], []).append(result)
    lifted: dict[str, float] = {}
    for passages in pages.values():
        best, *others = sorted(passages, key=lambda result: -result.score)
        lifted[best.chunk_id] = PAGE_MATE * max(0.0, others[0].score) if others else 0.0
    for result in results:
        yield replace(result, score=result.score + lifted.get(result.chunk_id, 0.0))


def _is_notice(result: Result) -> bool:
    return result.domain == "document" and bool(_NOTICE.search(f"{squeeze(result.name_ko)} {result.name_en}"))


def page_terms(prompts: Prompts, understanding: Understanding, terms: Callable[[str], list[str]]) -> list[str]:
    """What to look for on documents' pages.

    Not the words that only name a document: all of its passages have its title, and it tells none from another. What a
    question says once more than the title does ("청년안심주택의 청년은") is asked about. An English question also looks
    for the Korean of what it asks to be told: most documents are Korean.
    """
    titles = squeeze(" ".join(document.name_ko for document in understanding.documents))
    said: Counter[str] = Counter()
    asked = terms(understanding.text)
    kept = []
    for term in asked:
        said[term] += 1
        if said[term] > titles.count(squeeze(term)):
            kept.append(term)
    if understanding.language == "en":
        kept += [
            term for facet in prompts.facets if facet.key in understanding.facets for term in terms(facet.label_ko)
        ]
        of_documents = prompts.words["document_words"]
        text = ReadableText(understanding.text, prompts)
        kept += [term for row in of_documents if any(map(text.find, row["en"])) for term in terms(row["ko"])]
    return kept or asked


def bonus(question: str, text: str) -> float:
    """How much more a passage counts for looking like the answer; 0 where the question does not say how it looks."""
    gained = sum(KIND_BONUS for asks, holds in _KINDS if asks.search(question) and holds.search(text))
    if article := _ARTICLE.search(question):
        number, sub = article[1] or article[3], article[2] or article[4]
        # 제24조(…) and not 제24조의6(…); a heading, not a mention.
        gained += ARTICLE_BONUS * bool(re.search(rf"(?:^|– |\n)제{number}조{f'의{sub}' if sub else ''}\(", text))
    if _KINDS[1][0].search(question) and _VARIANT.search(text) and not _VARIANT.search(question):
        gained -= VARIED
    if floor(question) and speaks_of_floors(text):
        gained += FLOOR_BONUS if holds_floor(text, floor(question)) else -FLOOR_BONUS
    return gained + sum(_told_apart(pattern, question, text) for pattern in (_SAYS_WHETHER_THERE_IS, _NUMBERED))


def _told_apart(pattern: re.Pattern[str], question: str, text: str) -> float:
    """Whether the text speaks of what the question asks about (who has an income), or only of its like (has none)."""
    asked = {noun: _mark(mark) for noun, mark in pattern.findall(question)}
    told = [(noun, _mark(mark)) for noun, mark in pattern.findall(text)] if asked else []
    alike = [mark == asked[noun] for noun, mark in told if noun in asked]
    return (TOLD_APART if any(alike) else -TOLD_APART) if alike else 0.0


def _mark(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark).translate(_SAME)


def floor(question: str) -> int:
    """The floor that a question asks about; 0 is none."""
    found = _FLOOR.search(question)
    return int(next(group for group in found.groups() if group)) if found else 0


def speaks_of_floors(text: str) -> bool:
    """Whether a table row gives floors: ``층 구분 10~19``."""
    return bool(_ROW_FLOORS.search(text))


def holds_floor(text: str, number: int) -> bool:
    """Whether a row's floors include that one."""
    return any(int(low) <= number <= int(high or low) for low, high in _ROW_FLOORS.findall(text))
