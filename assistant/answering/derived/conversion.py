"""평 and ㎡ turned into each other, where a question asks for nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.derived.conclusion import Conclusion, say
from assistant.answering.evidence.shared_facts import of_fact
from assistant.domain import Understanding
from assistant.language.ko.writing import PYEONG_PER_SQUARE_METRE, number, pyeong
from prompts.loader import Prompts

_N = r"(\d{1,4}(?:\.\d+)?)"
_M2 = r"(?:㎡|m²|m2|제곱\s*미터|헤베|sqm|sq\.?\s?m\b|square\s*met(?:er|re)s?)"
_TO_M2 = (
    re.compile(rf"{_N}\s*평\D{{0,12}}(?:몇|얼마)\s*(?:나)?\s*{_M2}", re.I),
    re.compile(rf"{_N}\s*평\D{{0,6}}{_M2}\D{{0,4}}(?:몇|얼마|환산|바꾸|로)", re.I),
    re.compile(rf"(?:how many|what).*{_M2}.*?{_N}\s*(?:pyeong|평)", re.I),
    re.compile(rf"{_N}\s*(?:pyeong|평)\s*(?:in|to|into)\s*{_M2}", re.I),
)
_TO_PYEONG = (
    re.compile(rf"{_N}\s*{_M2}\D{{0,10}}(?:몇|얼마)\s*평", re.I),
    re.compile(rf"{_N}\s*{_M2}\D{{0,6}}평(?:수)?(?:으로|로)", re.I),
    re.compile(rf"전용(?:면적)?\s*{_N}\s*(?:이?면|은|는|이)?\s*몇\s*평", re.I),
    re.compile(rf"(?:how many|what).*(?:pyeong|평).*?{_N}\s*{_M2}", re.I),
    re.compile(rf"{_N}\s*{_M2}\s*(?:in|to|into)\s*(?:pyeong|평)", re.I),
)


def convert(prompts: Prompts, understanding: Understanding) -> Iterator[Conclusion]:
    """One sentence, resting on the fact that defines 평."""
    fact = of_fact(prompts, "pyeong", understanding.language)
    if fact is None or understanding.entities:
        return
    for key, forms in (("to_square_metres", _TO_M2), ("to_pyeong", _TO_PYEONG)):
        if found := next(filter(None, (form.search(understanding.text) for form in forms)), None):
            value = float(found[1])
            to = number(value / PYEONG_PER_SQUARE_METRE, 1) if key == "to_square_metres" else pyeong(value)
            yield Conclusion(
                say(prompts, "conversion", key, language=understanding.language, value=number(value), to=to),
                (fact,),
                whole=True,
                alone=True,
                remark=say(prompts, "conversion", "remark", language=understanding.language)
                if key == "to_square_metres"
                else "",
            )
            return
