"""A small vocabulary of invented complexes and real districts, for tests of the understanding."""

from __future__ import annotations

from functools import cache

from shipped import PROMPTS

from assistant.adapters.lexical.terms import KiwiTokenizer, open_tokenizer
from assistant.domain import EntityName
from assistant.language.gazetteer.vocabulary import District, Vocabulary

HANBIT = EntityName("housing:1", "독산 한빛마루 자이", "Doksan Hanbit Maru Xi")
GAON = EntityName("housing:2", "광명 가온 푸르지오 3차", "Gwangmyeong Gaon Prugio 3")
NARAE = EntityName("housing:3", "나래뷰 센트럴", "Narae View Central")


def tokenizer() -> KiwiTokenizer:
    return open_tokenizer()


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(
        PROMPTS,
        entities=[(HANBIT, ["한빛마루자이"]), (GAON, ["가온푸르지오3차", "광명가온푸르지오3차"]), (NARAE, [])],
        districts=[
            District("sigungu", "금천구", "Geumcheon-gu"),
            District("sigungu", "광명시", "Gwangmyeong-si"),
            District("sigungu", "동작구", "Dongjak-gu"),
            District("dong", "독산동", "Doksan-dong"),
        ],
        post_dongs=[("성산동", "Seongsan-dong")],
        stations=[("철산", "Cheolsan"), ("서울대입구", "Seoul Nat'l Univ.")],
        lines=["1호선", "7호선", "신분당선"],
        brands=[("푸르지오", "Prugio"), ("자이", "Xi"), ("래미안", "Raemian")],
        places=["해오름고등학교", "물빛마을공원", "어린이공원"],
        terms=tokenizer().terms,
        is_word=tokenizer().is_word,
    )
