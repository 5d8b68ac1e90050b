"""Conditions beyond place and price, why a complex was left out, and documents like another, on a real Postgres."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.store import Store
from assistant.domain import Chunk, Criterion, Document, Filters, HousingAttributes, Nearby, Sentence, UnitType

HOME = HousingAttributes(
    sido="경기도",
    sigungu="광명시",
    dong="철산동",
    households=700,
    move_in=date(2027, 3, 1),
    receipt_start=date(2025, 5, 1),
    receipt_end=date(2025, 5, 3),
    announced=date(2025, 4, 21),
    builder="지에스건설, 한양",
    competition=12.5,
    lowest_score=48,
    precise=True,
    unit_types=(UnitType("59A", 59.9, 80.0, 30, 60_000), UnitType("84A", 84.9, 112.0, 30, 95_000)),
    nearby=(
        Nearby("park", "먼들공원", "Meondeul Park", 1_300),
        Nearby("park", "새터공원", "Saeteo Park", 300),
        Nearby("station", "독산역", "Doksan", 1_400, ("1호선",)),
        Nearby("station", "철산역", "Cheolsan", 900, ("7호선",)),
        Nearby("school", "먼들초등학교", "Meondeul Elementary", 1_200, category="초등학교"),
        Nearby("school", "새터초등학교", "Saeteo Elementary", 500, category="초등학교"),
    ),
)


def notice(number: int, name: str, home: HousingAttributes) -> Document:
    zone = Sentence(f"{name}", facet="regulation", tags=(f"speculation_zone:{'no' if number == 2 else 'yes'}",))
    sentences = (Sentence(f"{name}", facet="location"), zone)
    chunk = Chunk("regulation", f"{name}은 {home.sigungu}에 있습니다.", sentences)
    return Document("housing", str(number), name, f"Complex {number}", (chunk,), housing=home)


@pytest.fixture
def store(pool: ConnectionPool, documents: Documents) -> Store:
    """Three notices: 1 and 2 mean nearly the same, 3 something else."""
    notices = [
        notice(1, "철산 가온자이", HOME),
        notice(
            2, "철산 나래푸르지오", replace(HOME, households=200, competition=1.5, lowest_score=None, builder="한양")
        ),
        notice(
            3,
            "독산 다솜자이",
            replace(HOME, sido="서울특별시", sigungu="금천구", dong="독산동", nearby=(), announced=date(2024, 12, 30)),
        ),
    ]
    vectors = np.array([[1, 0.1, 0], [1, 0.2, 0], [0, 0, 1]], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    documents.adopt_model("test")
    documents.replace(notices, vectors, [{"단지": 1}] * 3, [b"1", b"2", b"3"])
    documents.set_query_mean("test", "ko", np.zeros(3, dtype=np.float32))
    documents.recentre()
    return Store(pool)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(max_competition=10), {"2"}),
        (Filters(min_competition=10, sigungus=("광명시",)), {"1"}),
        (Filters(max_score=50), {"1", "3"}),
        (Filters(sigungus=("금천구",), neighbours=("광명시",)), {"1", "2", "3"}),
        (Filters(sigungus=("금천구",)), {"3"}),
        (Filters(except_sigungus=("금천구",)), {"1", "2"}),
        (Filters(except_brands=("자이",)), {"2"}),
        (Filters(except_ids=("housing:1",)), {"2", "3"}),
        (Filters(places=("새터공원",)), {"1", "2"}),
        (Filters(receipt_from=date(2025, 1, 1), receipt_to=date(2025, 12, 31)), {"1", "2", "3"}),
        (Filters(receipt_from=date(2026, 1, 1)), set()),
        (Filters(announced_from=date(2025, 1, 1), announced_to=date(2025, 12, 31)), {"1", "2"}),
        (Filters(builders=("지에스건설",)), {"1", "3"}),
        (Filters(except_builders=("지에스건설",)), {"2"}),
        (Filters(regulations=("speculation_zone:no",)), {"2"}),
        (Filters(regulations=("speculation_zone:no", "price_ceiling:yes")), set()),
    ],
)
def test_each_condition_keeps_what_meets_it(store: Store, filters: Filters, found: set[str]) -> None:
    candidates, total = store.rank_housing(filters, (), "", 10)
    assert {candidate.document_id.partition(":")[2] for candidate in candidates} == found
    assert total == len(found)


def test_the_district_that_was_named_comes_before_its_neighbours(store: Store) -> None:
    found, _ = store.rank_housing(Filters(sigungus=("금천구",), neighbours=("광명시",)), (), "", 10)
    assert found[0].document_id == "housing:3"
    found, _ = store.rank_housing(Filters(sigungus=("광명시",), neighbours=("금천구",)), (), "", 10)
    assert found[-1].document_id == "housing:3"


@pytest.mark.parametrize(
    ("filters", "criteria", "unmet"),
    [
        (Filters(sigungus=("광명시",), min_households=500), (), []),
        (Filters(sigungus=("금천구",), min_households=900, max_price=70_000), (), ["sigungus", "min_households"]),
        (Filters(sigungus=("금천구",), neighbours=("광명시",)), (), []),
        (Filters(), (Criterion("station", 500), Criterion("park", 500)), ["station"]),
        (Filters(max_price=70_000, min_area=84.0), (), ["together"]),
    ],
)
def test_the_conditions_that_keep_a_complex_out_are_named(
    store: Store, filters: Filters, criteria: tuple[Criterion, ...], unmet: list[str]
) -> None:
    assert sorted(store.exclusions("housing:1", filters, criteria)) == sorted(unmet)


def test_of_several_places_the_nearest_is_named(store: Store) -> None:
    wishes = [Criterion(kind, 1_500) for kind in ("park", "station", "school")]
    found, _ = store.rank_housing(Filters(), wishes, "", 10)
    nearest = {"park": "새터공원", "station": "철산역", "school": "새터초등학교"}
    assert [dict(one.places) for one in found] == [nearest, nearest]
    (shown,) = store.complexes(["housing:1"])
    assert {place.kind: place.name_ko for place in shown.nearest} == nearest


def test_documents_like_another_come_by_meaning_and_never_itself(store: Store) -> None:
    found = store.similar("1", 5)
    assert found is not None
    assert [result.source_id for result in found] == ["2", "3"]
    assert found[0].score > found[1].score
    assert [result.source_id for result in store.similar("housing:3", 1) or ()] != ["3"]
    assert store.similar("no such id", 5) is None
