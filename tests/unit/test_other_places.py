"""Places of a kind that is declared and has no code of its own: what is kept around a home, and what is said of it."""

from __future__ import annotations

from typing import Literal

import pytest

from assistant.domain import Sentence
from assistant.domain.attributes import PlaceKind
from assistant.kinds.housing import attributes
from ingest.enrich import Surroundings
from ingest.records import Coordinate, Place
from ingest.writing import housing_documents
from made_notice import NOTICE, FakeGlossary, Records

POOL = PlaceKind(
    key="pool",
    limit=1_500,
    nouns={"ko": "수영장", "en": "swimming pool"},
    reply={},
    endings=("수영장",),
    categories={"실내수영장": {"ko": ("실내수영장",), "en": ("indoor pool", "indoor pools")}},
)
HERE = (37.4700, 126.8950)


def pool(name: str, metres: float, category: str = "", seats: int | None = None) -> Place:
    return Place("pool", name, HERE[0] + metres / 111_195, HERE[1], category, seats=seats)


def said(
    monkeypatch: pytest.MonkeyPatch, *places: Place, precision: Literal["address", "dong_centroid"] = "address"
) -> list[Sentence]:
    """Both languages of what a notice says of pools; no paragraph gives nothing."""
    kinds = {**attributes.place_kinds(), "pool": POOL}
    monkeypatch.setattr("ingest.enrich.place_kinds", lambda: kinds)
    records = Records((NOTICE,), coordinates=(Coordinate(NOTICE.notice_id, *HERE, precision),), places=places)
    (document,) = housing_documents(records, FakeGlossary())
    return [sentence for chunk in document.chunks if chunk.topic == "pool" for sentence in chunk.sentences]


def test_the_nearest_three_are_told_and_the_nearest_of_each_category(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = said(
        monkeypatch,
        pool("다수영장", 300),
        pool("가수영장", 100, "노천", seats=1_200),
        pool("가수영장", 110),
        pool("나수영장", 200),
        pool("라수영장", 400),
        pool("마수영장", 1_400, "실내수영장"),
        pool("바수영장", 1_600),
    )
    name = "독산동 롯데캐슬(본청약)에서"
    assert [one.ko for one in sentences] == [
        f"{name} 가장 가까운 수영장은 가수영장(노천, 좌석 1,200석)이며 직선거리 100m(도보 약 2분 추정)입니다.",
        f"{name} 나수영장까지는 직선거리 200m(도보 약 4분 추정)입니다.",
        f"{name} 다수영장까지는 직선거리 300m(도보 약 6분 추정)입니다.",
        f"{name} 가장 가까운 실내수영장은 마수영장(실내수영장)이며 직선거리 1,400m(도보 약 28분 추정)입니다.",
    ]
    assert "The nearest indoor pool to Doksan-dong Lotte Castle" in sentences[-1].en
    assert [one.tags for one in sentences] == [("pool:노천",), (), (), ("pool:실내수영장",)]
    assert {one.facet for one in sentences} == {"pool"}


def test_none_near_is_told_where_there_are_any_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    (sentence,) = said(monkeypatch, pool("먼수영장", 1_700))
    assert "반경 1.5km 안에서는 수영장을 자료에서 찾지 못했습니다" in sentence.ko
    assert sentence.en.startswith("The data has no swimming pool within 1.5 km of ")
    assert sentence.tags == ("none",)


def test_nothing_is_said_without_such_places_or_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch) == []
    assert said(monkeypatch, pool("가수영장", 100), precision="dong_centroid") == []


def test_the_old_kinds_are_found_as_any_other() -> None:
    records = Records((), places=(Place("school", "가초등학교", *HERE),))
    assert [kind.key for kind in Surroundings(records, lambda ko, _: ko).kinds] == ["school"]


def test_a_name_that_is_its_kind_is_no_name() -> None:
    assert attributes.is_kind("공원")
    assert not attributes.is_kind("안양천공원")


@pytest.mark.parametrize(("name", "kind"), [("안양천공원", "park"), ("두산초등학교", "school"), ("학교숲", "park")])
def test_the_kind_of_a_place_is_told_by_its_name(name: str, kind: str) -> None:
    assert attributes.kind_of(name) == kind


def test_a_name_may_go_on_after_the_word_of_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {**attributes.place_kinds(), "pool": POOL}
    monkeypatch.setattr(attributes, "place_kinds", lambda: kinds)
    assert attributes.kind_of("중앙수영장 별관") == "pool"
