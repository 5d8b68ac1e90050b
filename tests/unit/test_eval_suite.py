"""The suites that ship, their gold, and what a run says of them."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import SourceError
from eval.data import gold_posts, gold_rules, public_data
from eval.data.cases import KINDS, SUITES, load, load_suite, suite_path
from eval.data.gold import HAND, computed
from eval.statistics.intervals import clustered_wilson, percentile, wilson


@pytest.mark.parametrize("suite", SUITES["full"])
def test_gold_follows_from_the_tables(suite: str) -> None:
    for line in suite_path(suite).read_text(encoding="utf-8").splitlines():
        assert computed(line) == line


def test_the_suite_asks_in_both_languages_about_everything() -> None:
    cases = load(suite_path("smoke"))
    korean = sum(case.language == "ko" for case in cases)
    assert 0.4 <= korean / len(cases) <= 0.6
    assert len({case.question for case in cases}) == len(cases)
    for case in cases:
        expect = case.expect
        assert expect.abstain or expect.facts or expect.entities_any or expect.entities_all, case.id
        assert case.gold.startswith(HAND) or "(" in case.gold, case.id


def test_the_full_suite_asks_everything_often_enough() -> None:
    cases = load_suite("full")
    by_id = {case.id: case for case in cases}
    assert len(by_id) == len(cases) >= 540
    kinds = Counter(case.kind for case in cases)
    assert set(kinds) == set(KINDS)
    assert kinds["contamination"] >= 40
    assert kinds["terse_expert"] >= 60
    assert kinds["false_premise"] >= 20
    assert sum(case.expect.abstain for case in cases) >= 60
    for case in cases:
        expect = case.expect
        assert expect.abstain or expect.facts or expect.entities_any or expect.entities_all, case.id
        if case.kind == "contamination":
            assert case.history, case.id
        if case.kind == "terse_expert":
            assert by_id[case.pair].pair == case.id, case.id
            assert by_id[case.pair].expect == case.expect, case.id


def test_prices_as_people_write_them() -> None:
    written = {
        "34만원": 340_000,
        "780,000원": 780_000,
        "42만": 420_000,
        "1만5천원": 15_000,
        "나눔": 0,
        "가격협의": None,
    }
    assert {price: gold_posts.won(price) for price in written} == written
    assert gold_posts.won(38_000) == 38_000


def test_gold_shares_no_code_with_what_it_measures() -> None:
    for module in (gold_posts, gold_rules, public_data):
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [name for name in names if name.split(".")[0] in ("assistant", "ingest", "prompts")]


def test_gold_by_hand() -> None:
    """Read off the tables by a person."""
    assert gold_rules.resolve('move_in("2023000540")') == {"facts": [["month:2026-01"]], "entities_all": ["2023000540"]}
    assert gold_rules.resolve('top_price("2020000608", area=84)')["facts"] == [["won:1296400000"]]
    assert gold_rules.resolve('competition("2020000608", "84.9952A")')["facts"] == [["ratio:40.47", "84.9952A 40.47"]]
    assert gold_rules.resolve('find(address=["과천시"])') == {"entities_any": ["2021000806", "2024000502"]}
    both = gold_rules.resolve('households("2023000189") + move_in("2023000189")')
    assert both == {"facts": [["homes:92"], ["month:2025-11"]], "entities_all": ["2023000189"]}


def test_one_degree_of_latitude_is_111_km_and_a_district_centre_is_no_site() -> None:
    assert public_data.distance((37.0, 127.0), (38.0, 127.0)) == pytest.approx(111_195, abs=5)
    assert public_data.distance((37.5, 127.0), (37.5, 127.01)) == pytest.approx(882, abs=1)
    assert public_data.site("2025000429") is None  # dong_centroid
    assert public_data.near("2025000429", public_data.stations(), 2_000) == []


@pytest.mark.parametrize(
    "rule",
    ["move_in('0')", "top_price('2023000540', area=84)", "find(address=['제주'])", "nothing()", "1 + 1",
     "__import__('os')", "move_in("],
)  # fmt: skip
def test_a_rule_that_gives_nothing_is_an_error(rule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        gold_rules.resolve(rule)


CASE = {
    **{"id": "a", "question": "q", "language": "ko", "domain": "housing", "stage": "detail", "kind": "fact"},
    **{"expect": {"abstain": True}, "gold": "hand: x"},
}


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        json.dumps({**CASE, "language": "fr"}),
        json.dumps({**CASE, "kind": "guess"}),
        json.dumps({**CASE, "domain": "weather"}),
        json.dumps({**CASE, "stage": "late"}),
        json.dumps({**CASE, "role": "boss"}),
        json.dumps({**CASE, "note": "what nothing reads"}),
        json.dumps({**CASE, "expect": {"fact": [["x"]]}}),
        json.dumps({**CASE, "expect": {"facts": [["won:much"]]}}),
        json.dumps({key: value for key, value in CASE.items() if key != "gold"}),
        json.dumps(CASE),  # its id comes twice
    ],
)
def test_a_broken_case_is_named_by_file_and_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "suite.jsonl"
    path.write_text(f"{json.dumps(CASE)}\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"suite\.jsonl, line 2"):
        load(path)


def test_an_unknown_suite_names_those_there_are() -> None:
    with pytest.raises(SourceError, match="smoke"):
        suite_path("nightly")


def test_wilson_intervals_as_published() -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263 and 15/148, 0/20, 1/29."""
    for (right, total), (low, high) in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)
    with pytest.raises(ValueError, match="no proportion"):
        wilson(1, 0)


def test_a_clustered_share_is_as_sure_as_its_clusters_are_apart() -> None:
    alone = [(str(at), float(at < 12)) for at in range(20)]
    assert clustered_wilson(alone) == pytest.approx(wilson(12, 20))
    # Said three times over, nothing is surer than said once; what differs within a cluster is.
    low, high = clustered_wilson(3 * alone)
    assert high - low == pytest.approx(wilson(12, 20)[1] - wilson(12, 20)[0], rel=0.03)
    assert clustered_wilson([("a", 1.0), ("a", 0.0), ("b", 1.0), ("b", 0.0)]) == pytest.approx(wilson(2, 4))
    # Where all are alike nothing tells how far clusters are apart.
    assert clustered_wilson([("a", 1.0)] * 5 + [("b", 1.0)] * 5) == wilson(2, 2)
    with pytest.raises(ValueError, match="no value"):
        clustered_wilson([])


def test_percentiles_lie_between_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([1, 2, 3], 1.0) == 3
    assert percentile([7], 0.95) == 7
