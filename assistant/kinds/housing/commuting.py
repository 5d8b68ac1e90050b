"""How long a ride takes: people ask for it, and no document here tells it."""

from __future__ import annotations

import re

from assistant.domain import Unmatched
from assistant.language.text import ReadableText

_RIDE = r"subway|metro|train|bus|car|public transport|transit"
_TIME = re.compile(
    rf"(?<!\d)\d{{1,3}}\s*(?:min(?:ute)?s?|hours?)\s*(?:\w+\s+){{0,2}}?by\s+(?:{_RIDE})\b"
    rf"|(?<!\d)\d{{1,3}}[- ]min(?:ute)?s?\s+(?:(?:{_RIDE})\s+)?(?:commute|ride|drive)\b"
    r"|(?:지하철|전철|버스|차|자차|대중교통)(?:로|을 타고|를 타고|타고)?\s*\d+\s*(?:분|시간)"
    r"|(?:출퇴근|통근|출근)(?:\s*시간)?(?:이|은|는)?\s*\d+\s*(?:분|시간)"
)


def read_commuting_time(text: ReadableText) -> list[Unmatched]:
    """``40 minutes by subway``, ``지하철로 30분``: marked as understood, and as what no document holds."""
    found = list(text.finditer(_TIME))
    return [Unmatched(words.lower(), words, absent=True) for words in (text.take(match.span()) for match in found)]
