"""What a turn chooses of what the store holds: what it widens, which place is the nearest, whose page, which post, and
when a notice is closed. Each is judged by the answer that a person gets."""
# ruff: noqa: ARG002 (fakes have the arguments of what they stand for)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from assistant.answering.turn import Assistant
from assistant.domain import (
    Answer,
    Candidate,
    Criterion,
    Domain,
    EntityName,
    Filters,
    ListingFilters,
    Question,
    Result,
    Sentence,
)
from assistant.ports import SearchRequest, Vectors
from vocabularies import GAON, HANBIT, tokenizer, vocabulary

NAME = HANBIT.name_ko
DEAREST = 75_000  # 만원, of the complex in the store


def result(name: EntityName, *sentences: Sentence, domain: Domain = "housing", text: str = "") -> Result:
    said = "\n".join([name.name_ko, *(sentence.ko for sentence in sentences), text])
    source = name.id.partition(":")[2]
    return Result(
        1, 1.0, name.id, source, f"{name.id}#1", domain, name.name_ko, name.name_en, "t", said, sentences, dense=0.9
    )


@dataclass
class Store:
    """Holds ``results``. Its one complex costs ``DEAREST`` and is 900 m from a station; its posts are in 금천구."""

    results: Sequence[Result]
    place: str = ""

    def search(self, request: SearchRequest) -> list[Result]:
        ids, domains = set(request.document_ids), set(request.domains)
        return [
            one
            for one in self.results
            if (not ids or one.document_id in ids) and (not domains or one.domain in domains)
        ]

    def rank_housing(
        self, filters: Filters, criteria: Sequence[Criterion], sort: str, limit: int
    ) -> tuple[list[Candidate], int]:
        dear = filters.max_price is not None and filters.max_price < DEAREST
        far = any(wish.within is not None and wish.within < 900 for wish in criteria)
        found = [] if dear or far else [Candidate(HANBIT.id, 1.0, (("station", self.place),) if self.place else ())]
        return found, len(found)

    def rank_listings(self, request: SearchRequest, filters: ListingFilters, sort: str) -> tuple[list[Result], int]:
        posts = [one for one in self.results if one.domain == "listing"]
        found = [] if filters.dongs or set(filters.sigungus) - {"금천구"} else posts
        return found, len(found)


class Embedding:
    name, dimensions = "fake", 2

    def embed_query(self, text: str) -> Vectors:
        return np.zeros(2, dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 2), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 2), dtype=np.float32)


def ask(question: str, store: Store, *documents: EntityName, today: date = date(2031, 3, 1)) -> Answer:
    known = replace(vocabulary(), documents=documents)
    return Assistant(store, Embedding(), tokenizer(), known, today=lambda: today).ask(Question(question))


PRICE = Sentence(f"{NAME}의 전용 84㎡ 주택형 최고 분양가는 7억 5,000만원입니다.", "", "price", ("area:84",))
NEAREST = Sentence(
    f"{NAME}에서 가장 가까운 지하철역은 1호선 독산역이며 직선거리 400m입니다.", "", "station", ("line:1호선",)
)
FARTHER = Sentence(f"{NAME}에서 7호선 철산역까지는 직선거리 900m입니다.", "", "station", ("line:7호선",))
HOUSEHOLDS = Sentence(f"{NAME}의 공급 규모는 총 1,204세대입니다.", "", "households")


@pytest.mark.parametrize(
    ("question", "narrow", "wider"),
    [
        ("금천구 84 7억 이하", "7억 이하", "7억 7,000만원까지"),
        ("금천구 지하철역 500m 이내 아파트", "500 m", "1,500m까지"),
    ],
)
def test_where_nothing_meets_every_condition_one_is_widened_and_that_is_said(
    question: str, narrow: str, wider: str
) -> None:
    answer = ask(question, Store([result(HANBIT, PRICE, NEAREST)]))
    assert [name.id for name in answer.entities] == [HANBIT.id]
    assert answer.text.index(narrow) < answer.text.index(wider) < answer.text.index(NAME)
    assert "넓혀" not in ask("금천구 84 8억 이하", Store([result(HANBIT, PRICE)])).text


def test_posts_from_elsewhere_are_shown_where_none_is_in_the_district_and_that_is_said() -> None:
    bicycle = EntityName("listing:L1", "하이브리드 자전거 21단", "")
    said = Sentence("‘하이브리드 자전거 21단’: 90,000원, 판매중", facet="listing")
    store = Store([result(bicycle, said, domain="listing")])
    answer = ask("광명 중고 자전거", store)
    assert "조건(광명)에 맞는 판매글은 없습니다" in answer.text
    assert [one.source_id for one in answer.citations] == ["L1"]
    assert "맞는 판매글은 없습니다" not in ask("금천구 중고 자전거", store).text


def period(name: EntityName, what: str, month: int, first: int, last: int) -> Sentence:
    return Sentence(
        f"{name.name_ko}의 {what}은 2031년 {month}월 {first}일부터 {month}월 {last}일까지입니다.",
        f"{what} of {name.name_en} is from 2031-{month:02}-{first:02} to 2031-{month:02}-{last:02}.",
        "receipt",
    )


@pytest.mark.parametrize(
    ("day", "closed"), [(date(2031, 3, 1), False), (date(2031, 3, 6), False), (date(2031, 3, 7), True)]
)
@pytest.mark.parametrize("question", [f"{NAME} 아직 청약 가능하지?", f"{NAME} 청약 접수 언제야?"])
def test_a_notice_is_closed_once_the_last_of_its_periods_is_over(question: str, day: date, closed: bool) -> None:
    first, second = (
        period(HANBIT, "청약 접수 기간", 2, 20, 25),
        period(HANBIT, "2순위 접수 기간", 3, 5, 6),
    )
    answer = ask(question, Store([result(HANBIT, first, second)]), today=day)
    assert "2월 25일" in answer.text
    assert "3월 6일" in answer.text
    assert ("접수가 끝난 공고" in answer.text) is closed


@pytest.mark.parametrize(("day", "closed"), [(date(2031, 3, 6), False), (date(2031, 3, 7), True)])
def test_of_two_notices_the_one_that_is_over_does_not_close_the_other(day: date, closed: bool) -> None:
    over, later = period(GAON, "청약 접수 기간", 2, 20, 25), period(HANBIT, "청약 접수 기간", 3, 5, 6)
    store = Store([result(GAON, over), result(HANBIT, later)])
    answer = ask(f"{NAME}랑 {GAON.name_ko} 청약 접수 언제야?", store, today=day)
    assert {name.id for name in answer.entities} == {HANBIT.id, GAON.id}
    assert ("접수가 끝난 공고" in answer.text) is closed


def test_of_several_places_the_nearest_is_told() -> None:
    answer = ask(f"{NAME} 제일 가까운 역이랑 세대수", Store([result(HANBIT, NEAREST, FARTHER, HOUSEHOLDS)]))
    assert "400m" in answer.text
    assert "1,204세대" in answer.text
    assert "900m" not in answer.text


@pytest.mark.parametrize(("place", "told", "other"), [("독산역", "400m", "900m"), ("철산역", "900m", "400m")])
def test_the_place_by_which_a_complex_was_found_is_told(place: str, told: str, other: str) -> None:
    store = Store([result(HANBIT, NEAREST, FARTHER)], place)
    answer = ask("금천구에서 지하철역 1km 이내 아파트", store)
    assert told in answer.text
    assert other not in answer.text


@pytest.mark.parametrize(("of", "told"), [(HANBIT, True), (GAON, False)])
def test_a_page_about_another_complex_is_no_answer(of: EntityName, told: bool) -> None:
    notice = EntityName("document:n.pdf", f"{of.name_ko} 입주자모집공고", "")
    fee = Sentence("발코니 확장비는 전 세대 12,500,000원입니다.", facet="text", tags=("page:1",))
    page = result(notice, fee, domain="document")
    answer = ask(f"{NAME} 발코니 확장비 얼마야", Store([page, result(HANBIT, HOUSEHOLDS)]), notice)
    assert ("12,500,000원" in answer.text) is told
    assert answer.abstained is not told


@pytest.mark.parametrize(("title", "offered"), [("20W 충전기 팝니다", True), ("아이폰 13 128GB", False)])
def test_a_post_that_only_speaks_of_the_thing_does_not_offer_it(title: str, offered: bool) -> None:
    post = result(
        EntityName("listing:L1", title, ""),
        Sentence(f"‘{title}’: 380,000원, 판매중", facet="listing"),
        domain="listing",
        text="상태 좋습니다. 충전기는 없어요.",
    )
    answer = ask("누가 충전기 판대?", Store([post]))
    assert ("380,000원" in answer.text) is offered
    assert answer.abstained is not offered
