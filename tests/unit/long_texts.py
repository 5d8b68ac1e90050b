"""Texts of the greatest length that a question may have, made to keep patterns busy."""

from __future__ import annotations

from assistant.domain import MOST_QUESTION

_UNITS = {
    **{"digits": "1", "letters": "a", "capitals": "A", "jamo": "ㅋ", "syllable": "가", "commas": "1,", "eok": "1억"},
    **{"brackets": "(", "emoji": "😀", "days": "2024.01.02 ", "months": "2024년 3월 ~ ", "url": "http://a.b/"},
    **{"mail": "a@b.", "dots": ".", "dashes": "-", "groups": "1-", "spaced": "1 ", "words": "a ", "syllables": "가 "},
    **{"numerals": "일이삼", "spelled": "one hundred ", "limits": "under ", "blocks": "가동 1호 ", "roads": "가로 1 "},
    **{"units": "A, ", "brands": "자이 ", "near": "near ", "names": "Abc ", "pyeong": "1평 ", "metres": "1㎡ "},
    **{
        "ranges": "1~",
        "conjoining": "\u1100\u1161",
        "mixed": "a1가",
        "cases": "aA",
        "shares": "1% ",
    },
    **{
        "questions": "what is how ",
        "regions": "서울특별시 ",
        "districts": "가읍면동 ",
        "blanks": "\u3000a",
        "alike": "o1",
    },
    "ko": "서울에서 7호선 가까운 20평대 아파트 8억 이하로 찾아줘. ",
    "en": "apartments near line 7 in Gwangmyeong under 800 million won. ",
}
LONG_TEXTS = {
    **{name: (unit * MOST_QUESTION)[:MOST_QUESTION] for name, unit in _UNITS.items()},
    "behind a word": "아파트" + "1" * (MOST_QUESTION - 3),
    "gap": "a" + " " * (MOST_QUESTION - 2) + "b",
    "lines": "a" + "\n" * (MOST_QUESTION - 2) + "b",
}
