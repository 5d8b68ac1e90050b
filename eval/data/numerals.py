"""Numbers written in words, Korean or English, as digits: "스물다섯 평", "팔억 오천만 원", "eight hundred million".

Only where a unit follows, for most Korean numerals are also syllables of other words: 이천 is a city, 구분 a category.
Written apart from ``assistant.understanding`` for the reason that ``eval.data.figures`` gives.
"""

from __future__ import annotations

import re

_SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_PLACES = {"십": 10, "백": 100, "천": 1000}
_SINO_GROUPS = {"만": 10**4, "억": 10**8}
_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {"하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
         "여덟": 8, "아홉": 9}  # fmt: skip

_SINO_UNIT = r"원|평|제곱|㎡|미터|킬로|분(?![가-힣])|세대|가구|점|퍼센트|년|월|일(?:[입에부까(~.,\s]|$)|대\s*1"
_SINO_NUMERAL = re.compile(
    rf"(?<![가-힣\d.,])(?<!\d\s)(?<![억만천백]\s)([일이삼사오육륙칠팔구십백천만억영공]+(?:\s[일이삼사오육륙칠팔구십백천만]+)*)(?=\s?(?:{_SINO_UNIT}))"
)
# One syllable is a numeral for certain before 월 after a year, and where a walk is measured.
_SURE_SYLLABLE = re.compile(r"(?:(?<=년 )|(?<=년)|(?<=도보 )|(?<=걸어서 ))([일이삼사오육칠팔구십])(?=\s?(?:월|분))")
_ODD_MONTHS = (("유월", "6월"), ("시월", "10월"))
_NATIVE_NUMERAL = re.compile(rf"(?<![가-힣])({'|'.join(_TENS)})({'|'.join(_ONES)})?(?=\s?(?:평|세대|가구|점|명|분))")

_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: value for value, word in enumerate(_TEENS.split())}
_ENGLISH |= {word: 10 * value for value, word in enumerate(_ENGLISH_TENS.split(), start=2)}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD = "|".join(sorted([*_ENGLISH, *_ENGLISH_SCALES], key=len, reverse=True))
_ENGLISH_UNIT = (
    r"won|krw|pyeong|square|sq|m\b|met|km|kilo|min|home|household|unit|point|percent|per\scent|to\s(?:one|1)\b"
)
_ENGLISH_NUMERAL = re.compile(
    rf"(?<!\d\s)\b((?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*(?:\spoint(?:\s(?:{_WORD}))+)?)(?=[\s-](?:{_ENGLISH_UNIT}))",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """``text`` with numbers in words before a unit written as digits, and full-width digits as usual ones."""
    text = text.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    for word, month in _ODD_MONTHS:
        text = re.sub(rf"(?<=년\s){word}|(?<=년){word}", month, text)
    text = _NATIVE_NUMERAL.sub(lambda found: str(_TENS[found[1]] + _ONES.get(found[2] or "", 0)), text)
    text = _SINO_NUMERAL.sub(lambda found: str(_sino(found[1])) if len(found[1]) > 1 else found[1], text)
    text = _SURE_SYLLABLE.sub(lambda found: str(_sino(found[1])), text)
    return _ENGLISH_NUMERAL.sub(lambda found: _english(found[1]), text)


def _sino(word: str) -> int:
    total = group = digit = 0
    for syllable in word.replace(" ", ""):
        if syllable in _SINO:
            digit = digit * 10 + _SINO[syllable]  # read out digit by digit where no place stands between
        elif syllable in _SINO_PLACES:
            group += max(digit, 1) * _SINO_PLACES[syllable]
            digit = 0
        else:
            total += max(group + digit, 1) * _SINO_GROUPS[syllable]
            group = digit = 0
    # After 억, people leave 만 unsaid: 팔억 오천 is 850 million.
    rest = group + digit
    return total + (rest * 10**4 if total >= 10**8 and total % 10**8 == 0 and 0 < rest < 10**4 and not digit else rest)


def _english(words: str) -> str:
    """``words`` in digits; after "point" and before a scale, they are decimals of that scale."""
    parts = [part for part in re.split(r"[\s-]+", words.lower()) if part != "and"]
    whole, decimals, scale = parts, [], 1
    if "point" in parts:
        whole, decimals = parts[: parts.index("point")], parts[parts.index("point") + 1 :]
        while decimals and decimals[-1] in _ENGLISH_SCALES:
            scale *= _ENGLISH_SCALES[decimals.pop()]
    total = group = 0
    for part in whole:
        if part in _ENGLISH:
            group += _ENGLISH[part]
        elif part == "hundred":
            group = max(group, 1) * 100
        else:
            total += max(group, 1) * _ENGLISH_SCALES[part]
            group = 0
    value = float(f"{total + group}." + "".join(str(_ENGLISH[part]) for part in decimals if part in _ENGLISH) + "0")
    return f"{round(value * scale, 6):.10g}" if value * scale < 1e10 else str(round(value * scale))
