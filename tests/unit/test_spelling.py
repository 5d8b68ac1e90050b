"""Misspelt Korean, as people write what they hear; and words that only look like it, which stay."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import PROMPTS

from assistant.domain import EntityName, Question
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.ko.spelling import heard
from assistant.understanding import understand
from vocabularies import HANBIT, tokenizer, vocabulary


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("금천꾸 아파뜨", "금천구 아파트"),
        ("금천구 300새대 이아", "금천구 300세대 이하"),
        ("철싼역 근쳐 단지", "철산역 근처 단지"),
        ("금천구 고등하교 가까운 단지", "금천구 고등학교 가까운 단지"),
        ("레미안 뷴양가", "래미안 분양가"),
        ("금쳔구푸르지요", "금천구푸르지오"),
        ("나래뷰 샌트럴 입쭈", "나래뷰 센트럴 입주"),
        ("중고 냉짱고", "중고 냉장고"),
        ("금천구 500세데 이상", "금천구 500세대 이상"),  # behind a digit a unit is meant, whatever word it looks like
        ("최데 세대수", "최대 세대수"),
        ("청냑 방법", "청약 방법"),  # an ㄴ that is said and not written
        ("중고 자전꺼", "중고 자전거"),
    ],
)
def test_a_word_that_sounds_like_a_known_one_is_that_word(typed: str, meant: str) -> None:
    assert vocabulary().spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "금천구에서 분양하는 아파트",
        "500m 안에 있는 공원",
        "9억에서 10억 사이",
        "전세하고 월세",
        "비산초등학교 근처",
        "새빛 가람 포레스트 분양가",
        "주차는 되나요",
        "",
    ],
)
def test_a_word_of_a_dictionary_and_a_name_that_nothing_knows_stay(text: str) -> None:
    assert vocabulary().spelling.corrected(text) == text


def test_a_misspelt_question_finds_what_it_means_and_refuses_what_is_not_there() -> None:
    found = understand(Question("독싼 한삗마루 쟈이 세데수"), vocabulary(), tokenizer().tagged, date(2025, 12, 1))
    assert (found.entities, found.facets) == ((HANBIT,), ("households",))
    unknown = understand(Question("래미안 솔빛가온 세데수"), vocabulary(), tokenizer().tagged, date(2025, 12, 1))
    assert not unknown.entities
    assert unknown.unknown_names


def test_without_a_dictionary_nothing_is_put_right() -> None:
    words = Vocabulary(PROMPTS, entities=[(EntityName("1", "나래뷰 센트럴", ""), [])])
    assert words.spelling.corrected("나래뷰 샌트럴") == "나래뷰 샌트럴"


def test_spellings_that_sound_alike_have_one_key_and_others_not() -> None:
    assert heard("성북구") == heard("성부꾸")
    assert heard("높은") == heard("노픈")
    assert heard("강남구") != heard("강북구")
    assert heard("인천") != heard("이천")
