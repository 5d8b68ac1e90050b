from __future__ import annotations

from dataclasses import replace

import pytest
from shipped import PROMPTS
from test_grounding import PARK, PRICE, grounder

from assistant.answering.grounding import Grounded, Grounder
from assistant.domain import Dropped
from assistant.entrypoints.chat.markdown import answer_markdown, literal
from assistant.language.web_addresses import JOINER, unlinked
from vocabularies import tokenizer

SAID = "독산 한빛마루 자이의 84㎡ 최고 분양가는 8억 5,000만원입니다"
ADDRESSES = [
    "http://evil.example/x",
    "https://evil.example",
    "evil.example/x",
    "evil.example",
    "www.evil.example",
    "//evil.example/x",
    "[공고](http://evil.example)",
    "[공고](evil)",
    "![사진](http://evil.example/x.png)",
    "<http://evil.example>",
    '<a href="x">공고</a>',
    "<img src=x>",
    "javascript:alert(1)",
    "data:text/html,x",
    "a@evil.example",
    "hxxp://evil.example",
    "evil[.]example",
    "ｅｖｉｌ．ｅｘａｍｐｌｅ",
    "еvil.example",  # its first letter is Cyrillic
    "http&#58;//evil.example",
    "http%3A%2F%2Fevil.example",
    "ev\u200bil.example/x",
    "applyhome.co.kr",  # a public one, but nobody said so
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_the_evidence_does_not_hold_is_struck(address: str) -> None:
    for sentence in (f"{SAID} {address} [2]", f"{SAID}, {address} 참고. [2]", f"{SAID}({address}). [2]"):
        checked = grounder().check(sentence)
        assert isinstance(checked, Dropped), sentence


@pytest.mark.parametrize("address", ["http://notice.example/x", "notice.example/x", "a@notice.example"])
def test_one_that_the_evidence_holds_is_released(address: str) -> None:
    told = replace(PRICE, quote=f"{PRICE.quote} {address} 참고.", text=f"{PRICE.quote} {address} 참고.")
    checked = Grounder(PROMPTS, (PARK, told), "얼마야?", tokenizer().tagged).check(f"{SAID} {address} 참고. [2]")
    assert isinstance(checked, Grounded), checked


@pytest.mark.parametrize(
    "sentence",
    [f"{SAID}. [2]", f"{SAID}(84.98A 기준). [2]", "독산 한빛마루 자이에서 은하근린공원까지 343m(약 7분)입니다. [1]"],
)
def test_figures_and_brackets_are_no_addresses(sentence: str) -> None:
    assert isinstance(grounder().check(sentence), Grounded)


@pytest.mark.parametrize("show", [literal, answer_markdown, unlinked])
def test_the_page_finds_a_link_to_public_bodies_alone(show) -> None:  # type: ignore[no-untyped-def]
    shown = show("See http://evil.example/x, www.evil.example, a@evil.example and https://www.applyhome.co.kr/ai.")
    assert "http://e" not in shown.replace("\\", "")
    assert "www.e" not in shown
    assert "@evil" not in shown
    assert "://www.applyhome.co.kr/ai" in shown
    assert shown.count(JOINER) == 3
    assert JOINER in show("http://applyhome.co.kr.evil.example/x")
    assert JOINER in show("https://applyhome.co.kr@evil.example/x")
