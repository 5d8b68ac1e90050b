"""Competition, winning scores, distances, and what is open or for rent."""

from __future__ import annotations

import re
from datetime import date

from assistant.domain import Filters
from assistant.language.numbers import DIGITS, Readings, limit, side, value
from assistant.language.text import ReadableText

WALK_METRES_PER_MINUTE = 67 / 1.3  # straight-line metres a minute: 67 m of path, path = 1.3 × straight line
HIGHEST_SCORE = 84  # 가점

# A limit may stand between what is counted and its figure: "competition below 20 to 1".
_LIMIT_IN = r"(?P<under_in>(?:under|below|less than|at most)\s*)?(?P<over_in>(?:over|above|more than|at least)\s*)?"
_COMPETITION = limit(
    r"(?:(?:청약\s*)?경쟁률?(?:이|은|가)?\s*|competition(?: rate| ratio)?(?: of)?\s*(?:is\s*)?)?"
    rf"{_LIMIT_IN}(?P<rate>{DIGITS})\s*(?:대\s*(?:1|일)(?!\d)|:\s*1(?!\d)|to (?:1|one)\b)"
)
_STRICTLY = re.compile(
    r"미만|(?:안|못)\s*되|안\s*돼|보다\s*(?:낮|적|작)|under|below|less than|lower than|fewer than"
)  # rates have two decimals
_SCORE = limit(
    r"(?:(?:(?:최저|당첨|청약|내|제)\s*)*가점(?:이|은)?\s*"
    r"|(?:my |winning |subscription |cut-?off )*(?:score|points?)(?: is| of)?\s*)"
    rf"{_LIMIT_IN}(?P<score>\d{{1,2}})(?!\d)\s*(?:점|points?)?(?P<dae>\s*대)?"
)
_FULL_MARKS = re.compile(
    r"만점|full marks|maximum (?:possible )?(?:score|points)"
    r"|how (?:is|are) .{0,30}(?:score|points) (?:calculated|made up)"
)
_DISTANCE = re.compile(rf"(?P<metres>{DIGITS})\s*(?P<unit>km|킬로(?:미터)?|m|미터|met(?:er|re)s?)(?![a-z0-9²2㎡])")
_WALK = re.compile(
    r"(?:도보|걸어서?|walk(?:ing)?)\s*(?:로)?\s*(?P<minutes>\d{1,2})\s*분"
    r"|(?P<before>\d{1,2})[- ]?(?:min(?:ute)?s?)['’]?[- ](?:walk|on foot)|(?P<near>\d{1,2})\s*분\s*(?:거리|이내|안)"
)
_OPEN_NOW = re.compile(
    r"(?:지금|현재|요즘)\s*(?:청약|접수|신청|모집)[가-힣]*\s*(?:가능|할 수|중|되는|받는)?|접수\s*중|모집\s*중"
    r"|마감\s*(?:안\s*[된됐한]|되지\s*않은|전인?)|안\s*(?:마감된|끝난)|열려\s*있는"
    r"|currently open|open now|not closed|accepting applications"
)
_UPCOMING = re.compile(
    r"(?:분양|청약|모집|접수)[을를이가]?\s*(?:할\s*)?예정|곧\s*(?:분양|청약|모집|접수)[가-힣]*|(?:분양|청약|모집|접수)\s*앞둔"
    r"|upcoming|coming soon|about to open"
)
_SALE = re.compile(r"분양(?:\s*아파트)?만|공공분양만|for sale only|only for sale|not rentals?")
_RENTAL = re.compile(r"(?<!민간)임대(?:\s*주택|\s*아파트)?|행복주택|rentals?|(?:for|to) rent\b")


def read_competition(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``경쟁률 10 대 1 이하``, ``5:1 밑``, ``competition below 20 to 1``."""
    for match in list(text.finditer(_COMPETITION)):
        rate = value(match["rate"])
        below = bool(_STRICTLY.search(match.group()))
        if side(match) == "low" or match["over_in"]:
            filters = filters.but(min_competition=rate)
        elif side(match) == "high" or match["under_in"]:
            filters = filters.but(max_competition=round(rate - 0.01, 2) if below else rate)
        else:
            continue
        readings.append(text.read("competition", match.span()))
    return filters


def read_scores(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``가점 50점대``, ``가점 40점 이하``; a score alone is the asker's own, an upper bound."""
    if _FULL_MARKS.search(text.lower):
        return filters  # how the score is made up, not a search by it
    for match in list(text.finditer(_SCORE)):
        score = value(match["score"])
        if score > HIGHEST_SCORE:
            continue
        if match["dae"]:
            filters = filters.but(min_score=score // 10 * 10, max_score=score // 10 * 10 + 9.99)
        elif side(match) == "low" or match["over_in"]:
            filters = filters.but(min_score=score)
        else:
            filters = filters.but(max_score=score)
        readings.append(text.read("score", match.span()))
    return filters


def read_status(text: ReadableText, filters: Filters, readings: Readings, today: date) -> Filters:
    """Open for applications today, or from today on; rental or sale."""
    for match in text.finditer(_OPEN_NOW):
        readings.append(text.read("open", match.span()))
        filters = filters.but(open_on=today)
    for match in text.finditer(_UPCOMING):
        readings.append(text.read("receipt", match.span()))
        filters = filters.but(receipt_from=today)
    for match in text.finditer(_RENTAL):
        readings.append(text.read("tenure", match.span()))
        filters = filters.but(tenure="rental")
    for match in text.finditer(_SALE):
        readings.append(text.read("tenure", match.span()))
        filters = filters.but(tenure="sale")
    return filters


def read_distance(text: ReadableText) -> tuple[int, str] | None:
    """Straight-line metres that a wish names (``300m 이내``, ``도보 10분``), with its words."""
    for match in text.finditer(_WALK):
        minutes = match["minutes"] or match["before"] or match["near"]
        return round(int(minutes) * WALK_METRES_PER_MINUTE), text.take(match.span())
    for match in text.finditer(_DISTANCE):
        metres = value(match["metres"]) * (1000 if match["unit"].startswith(("k", "킬")) else 1)
        if 10 <= metres <= 20_000:
            return round(metres), text.take(match.span())
    return None
