"""Complexes in the order that wishes ask for: one statement over the stored attributes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.store import Store
from assistant.domain import Chunk, Criterion, Document, Filters, HousingAttributes, Nearby, Sentence, UnitType

SITE = HousingAttributes(
    sido="서울특별시",
    sigungu="금천구",
    dong="독산동",
    announced=date(2024, 6, 1),
    precise=True,
    latitude=37.5,
    longitude=127.0,
)


def park(
    name: str, distance: int, area: float, category: str = "근린공원", trail: bool = False, play: bool = False
) -> Nearby:
    facilities = ("어린이놀이터",) if play else ()
    return Nearby("park", name, name, distance, category=category, area=area, facilities=facilities, trail=trail)


def stored(pool: ConnectionPool, homes: dict[str, HousingAttributes]) -> Store:
    chunk = Chunk("supply", "한빛", (Sentence("한빛입니다."),))
    documents = [Document("housing", key, key, key, (chunk,), housing=home) for key, home in homes.items()]
    vectors = np.ones((len(documents), 4), dtype=np.float32)
    Documents(pool).replace(documents, vectors, [{} for _ in documents], [key.encode() for key in homes])
    return Store(pool)


def order(store: Store, *criteria: Criterion, sort: str = "") -> list[str]:
    found, total = store.rank_housing(Filters(), criteria, sort, 10)
    assert total == len(found)
    return [candidate.document_id.removeprefix("housing:") for candidate in found]


WALK = Criterion("park", 800, category="walk")


def test_a_nearer_and_larger_park_comes_before_a_farther_smaller_one(pool: ConnectionPool) -> None:
    store = stored(
        pool,
        {
            "far-small": replace(SITE, nearby=(park("작은", 700, 8_000),)),
            "near-large": replace(SITE, nearby=(park("큰", 300, 50_000),)),
            "near-small": replace(SITE, nearby=(park("가까운", 300, 8_000),)),
            "playground": replace(SITE, nearby=(park("놀이터", 50, 1_500, "어린이공원", play=True),)),
            "beyond": replace(SITE, nearby=(park("먼", 900, 900_000),)),
        },
    )
    assert order(store, WALK) == ["near-large", "near-small", "far-small"]
    assert order(store, Criterion("park", 500, category="놀이")) == ["playground"]
    assert set(order(store, Criterion("park", 800))) == {"near-large", "near-small", "far-small", "playground"}


def test_a_little_more_size_does_not_outweigh_a_clearly_nearer_park(pool: ConnectionPool) -> None:
    homes = {
        "nearer": replace(SITE, nearby=(park("가", 261, 7_650),)),
        "larger": replace(SITE, nearby=(park("나", 343, 10_118),)),
    }
    assert order(stored(pool, homes), WALK) == ["nearer", "larger"]


def test_special_supply_must_be_there_and_more_of_it_comes_first(pool: ConnectionPool) -> None:
    store = stored(
        pool,
        {
            "few": replace(SITE, special=(("신혼부부", 5), ("다자녀가구", 90))),
            "many": replace(SITE, special=(("신혼부부", 80),)),
            "none": replace(SITE, special=(("다자녀가구", 90),)),
        },
    )
    newlywed, children = (Criterion("special", category=kind) for kind in ("신혼부부", "다자녀가구"))
    assert order(store, newlywed) == ["many", "few"]
    assert order(store, newlywed, children) == ["few"]


def test_public_and_private_housing_are_told_apart(pool: ConnectionPool) -> None:
    homes = {"public": replace(SITE, ownership="국민"), "private": replace(SITE, ownership="민영"), "unsaid": SITE}
    assert order(stored(pool, homes), Criterion("ownership", category="국민")) == ["public"]


def test_an_unknown_competition_is_not_undersubscribed(pool: ConnectionPool) -> None:
    store = stored(
        pool,
        {
            "short": replace(SITE, competition=0.4),
            "full": replace(SITE, competition=3.0),
            "unknown": replace(SITE, competition=None),
        },
    )
    assert order(store, Criterion("undersubscribed")) == ["short"]


def test_value_is_the_price_against_others_of_the_district_and_time(pool: ConnectionPool) -> None:
    prices = {"a": 3000, "b": 3100, "c": 3200, "cheap": 2400, "dear": 4000}
    homes = {name: replace(SITE, unit_price=price) for name, price in prices.items()}
    homes["old"] = replace(SITE, unit_price=1500, announced=date(2020, 1, 1))
    homes["elsewhere"] = replace(SITE, unit_price=500, sigungu="광명시")
    homes["rental"] = replace(SITE, unit_price=None, tenure="rental")
    store = stored(pool, homes)
    found, _ = store.rank_housing(Filters(), (), "value:up", 10)
    # Neither the notice of 2020 nor the one alone in its city has anything to be compared with.
    assert [item.document_id for item in found] == [f"housing:{name}" for name in ("cheap", "a", "b", "c", "dear")]
    assert (found[0].unit_price, found[0].median, found[0].compared) == (2400, 3150, 4)


@pytest.mark.parametrize(("sort", "names"), [("score:up", ["low", "high"]), ("score:down", ["high", "low"])])
def test_an_order_by_score_leaves_out_what_has_none(pool: ConnectionPool, sort: str, names: list[str]) -> None:
    scores = {"high": 61.0, "low": 40.0, "none": None}
    assert (
        order(stored(pool, {key: replace(SITE, lowest_score=each) for key, each in scores.items()}), sort=sort) == names
    )


def test_complexes_at_a_glance_are_in_the_order_asked_for(pool: ConnectionPool) -> None:
    types = (UnitType("59A", 59.9, top_price=62_000), UnitType("84A", 84.9, top_price=81_000), UnitType("84B", 84.8))
    near = (park("가까운", 210, 8_000), park("먼", 700, 90_000), Nearby("station", "가역", "A", 540, lines=("7호선",)))
    home = replace(SITE, households=512, move_in=date(2027, 3, 1), unit_types=types, nearby=near)
    store = stored(pool, {"known": home, "unknown": replace(SITE, tenure="rental", precise=False)})
    unknown, known = store.complexes(["housing:unknown", "housing:gone", "housing:known"])
    assert (known.id, known.district, known.households, known.move_in) == (
        "housing:known",
        "금천구",
        512,
        date(2027, 3, 1),
    )
    assert (known.lowest_price, known.highest_price) == (62_000, 81_000)
    assert known.nearest == (near[0], near[2])
    assert (unknown.tenure, unknown.lowest_price, unknown.nearest) == ("rental", None, ())
