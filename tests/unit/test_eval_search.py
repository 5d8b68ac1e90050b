"""The retrieval questions, their gold, and how a search is judged and summed up."""

from __future__ import annotations

import ast
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Chunk, Document, HousingAttributes, Result, Sentence
from assistant.errors import SourceError
from assistant.ports import Vectors
from eval.ablation import memory_search
from eval.ablation.corpus import rewritten, subset, within
from eval.ablation.search_parts import rows_of
from eval.ablation.search_parts import table as ablation_table
from eval.data import gold_search
from eval.report.searches import failures, table
from eval.running.query_cache import QueryCache
from eval.search.cases import VARIANTS, Relevant, SearchCase, judge, load_searches
from eval.search.runner import COMPARED, run_searches, summary
from eval.statistics.resampling import difference, mean_of


def result(source: str, text: str = "", rank: int = 1) -> Result:
    return Result(
        rank, 0.5, f"housing:{source}", source, f"housing:{source}#price", "housing", source, "", "price", text, ()
    )


def test_the_questions_come_in_groups_that_mean_the_same() -> None:
    cases = load_searches()
    assert len(cases) >= 300
    groups: dict[str, list[SearchCase]] = defaultdict(list)
    for case in cases:
        groups[case.pair].append(case)
    for pair, group in groups.items():
        assert {case.gold for case in group} == {group[0].gold}, pair
        assert len({case.variant for case in group}) == len(group), pair
        assert {"ko-long", "ko-terse", "en-long", "en-terse"} <= {case.variant for case in group}, pair
        by_variant = {case.variant: case.question for case in group}
        assert len(by_variant["ko-terse"]) < len(by_variant["ko-long"]), pair
        assert len(by_variant["en-terse"]) < len(by_variant["en-long"]), pair
        assert by_variant["ko-typo"] != by_variant["ko-terse"], pair
    assert {variant for variants, others, _ in COMPARED.values() for variant in (*variants, *others)} == set(VARIANTS)
    languages = Counter(case.language for case in cases)
    assert min(languages.values()) / len(cases) > 0.3


def test_gold_by_hand() -> None:
    """Read off the tables by a person."""
    the_h = gold_search.resolve('among(brand="디에이치")')
    assert the_h == {"sources": ["2020000767", "2024000412", "2024000547"], "enough": 3}
    assert gold_search.resolve('best("households", most=True, address=["서초구"])')["sources"] == ["2024000412"]
    # 59.98: 18 homes, 8,307 applications of residents, none of others
    assert gold_search.resolve('rate("2020000551", "59.9800")')["facts"] == [["ratio:461.5", "ratio:461.50"]]
    both = gold_search.resolve('households("2024000412") + households("2024000672")')
    assert both == {"sources": ["2024000412", "2024000672"], "facts": [["homes:1244"], ["homes:140"]]}
    with pytest.raises(ValueError, match="no nothing in faq"):
        gold_search.resolve('faqs("nothing")')


def test_gold_shares_no_code_with_what_it_measures() -> None:
    assert gold_search.__file__ is not None
    tree = ast.parse(Path(gold_search.__file__).read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.split(".")[0] in ("assistant", "ingest", "prompts")]


def test_facts_are_looked_for_in_the_first_five_results_of_the_right_source() -> None:
    relevant = Relevant(("1", "2"), (("homes:300",), ("homes:400", "사백")))
    assert judge(relevant, []).recall == 0
    assert judge(relevant, [result("1", "300세대")]).recall == 0.5
    assert judge(relevant, [result("3", "300세대")]).reciprocal_rank == 0  # another complex of the same size
    found = judge(relevant, [result("1", "위치"), result("2", "모두 사백 가구"), result("1", "300세대")])
    assert (found.recall, found.reciprocal_rank) == (1, 0.5)
    late = [*[result("1", "위치")] * 5, result("1", "300 homes, 400 homes")]
    assert (judge(relevant, late).recall, judge(relevant, late).reciprocal_rank) == (0, pytest.approx(1 / 6))


def test_a_fact_may_stand_in_the_sentences_alone() -> None:
    said = Result(1, 0.5, "housing:1", "1", "c", "housing", "", "", "t", "", (Sentence("가", "300 homes"),))
    assert judge(Relevant(("1",), (("homes:300",),)), [said]).recall == 1


def test_sources_count_once_and_five_of_them_are_looked_at() -> None:
    several = Relevant(("1", "2", "3"), enough=3)
    found = judge(several, [result("9"), result("9"), result("1"), result("1"), result("2")])
    assert (found.recall, found.reciprocal_rank) == (pytest.approx(2 / 3), 0.5)
    assert judge(several, [result(one) for one in "456789123"]).recall == 0
    assert judge(Relevant(("1", "2"), enough=1), [result("1"), result("2")]).recall == 1


def case(pair: str, variant: str) -> SearchCase:
    return SearchCase(f"{pair}/{variant}", pair, variant, "find", "find", f"{pair} {variant}", Relevant(("1",)), "hand")


def test_differences_are_taken_within_pairs_and_failures_are_shown() -> None:
    cases = [case(pair, variant) for pair in "ab" for variant in ("ko-long", "ko-terse", "en-long", "en-terse")]
    right = {"a ko-long", "a ko-terse", "a en-long", "b ko-long", "b ko-terse"}
    outcomes = list(run_searches(cases, lambda text: [result("1" if text in right else "2")]))
    summed = summary(outcomes)
    assert summed["slices"]["all"]["recall_at_5"]["mean"] == 0.625
    assert summed["slices"]["language ko"]["mrr"]["mean"] == 1
    assert summed["differences"]["English - Korean"]["mean"] == -75  # -50 in a, -100 in b
    assert summed["differences"]["terse - long"]["mean"] == -25
    assert "typos - clean" not in summed["differences"]
    assert "-75.00" in table(summed)
    assert "b/en-long  recall 0.00\n  Q: b en-long\n  came: 2 (housing:2#price)" in failures(outcomes)


def test_intervals_hold_the_mean_and_narrow_with_pairs() -> None:
    few = mean_of([(str(number), float(number % 2)) for number in range(10)])
    many = mean_of([(str(number), float(number % 2)) for number in range(400)])
    assert few.mean == many.mean == 0.5
    # standard error of a share of one half: 0.5 / sqrt(n)
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / 400**0.5, rel=0.1)
    assert few.high - few.low > 4 * (many.high - many.low)
    same = mean_of([("one pair", 0.0), ("one pair", 1.0)])
    assert same.low == same.high == 0.5  # variants of one pair are one observation
    with pytest.raises(ValueError, match="no value"):
        difference([("a", 1.0)], [("b", 1.0)])


class Counted:
    """A model that counts what it is asked."""

    name = "counted"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_query(self, text: str) -> Vectors:
        self.asked.append(text)
        return np.array([len(text), 1], dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 2] for text in texts], dtype=np.float32)


def test_question_vectors_are_embedded_once_and_kept_per_model(tmp_path: Path) -> None:
    first = Counted()
    cache = QueryCache(first, tmp_path)
    assert cache.embed_query("가나").tolist() == cache.embed_query("가나").tolist() == [2, 1]
    assert cache.embed_passages(["가나", "다", "다"]).tolist() == [[2, 2], [1, 2], [1, 2]]
    assert first.asked == ["가나", "가나", "다"]
    cache.save()
    second = Counted()
    again = QueryCache(second, tmp_path)
    assert again.embed_query("가나").tolist() == [2, 1]
    assert again.embed_passages(["다"]).tolist() == [[1, 2]]
    assert second.asked == []
    other = Counted()
    other.name = "other"
    QueryCache(other, tmp_path).embed_query("가나")
    assert other.asked == ["가나"]


ROW = {"id": "a", "pair": "a", "variant": "ko-long", "kind": "find", "topic": "t", "question": "q", "gold": "hand"}


@pytest.mark.parametrize(
    "change",
    [
        {"variant": "fr-long"},
        {"kind": "guess"},
        {"relevant": {"sources": []}},
        {"relevant": {"sources": ["1"], "facts": [["won:much"]]}},
        {"id": "first"},
    ],
)
def test_a_broken_question_is_named_by_file_and_line(change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    good = {**ROW, "relevant": {"sources": ["1"]}}
    path.write_text(f"{json.dumps({**good, 'id': 'first'})}\n{json.dumps({**good, **change})}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"questions\.jsonl, line 2"):
        load_searches(path)


def test_a_part_of_the_questions_holds_whole_groups_of_every_kind() -> None:
    part = load_searches(pairs=20)
    assert len({case.pair for case in part}) == 20
    assert {case.kind for case in part} >= {"detail", "find", "faq"}
    assert Counter(case.pair for case in part)["rental"] in (0, 6)


def test_each_ranking_orders_by_its_own_leg() -> None:
    legs = memory_search.Legs(
        raw=np.array([0.9, 0.8, 0.7]),
        centred=np.array([0.1, 0.3, 0.2]),
        bm25=np.array([0.0, 2.0, 4.0]),
        coverage=np.array([0.0, 1.0, 0.5]),
    )
    order = {
        ranking: np.argsort(-ranking(legs)).tolist()
        for ranking in (memory_search.dense_raw, memory_search.dense_centred, memory_search.bm25)
    }
    assert list(order.values()) == [[0, 1, 2], [1, 2, 0], [2, 1, 0]]
    assert memory_search.bm25(legs)[0] == -np.inf  # no word in common: not found
    assert memory_search.weighted(legs) == pytest.approx([0.06, 0.18 + 0.2, 0.12 + 0.4])
    assert memory_search.shipped(legs) == pytest.approx([0.06, 0.18 + 0.4 * 0.5, 0.12 + 0.4 * 0.5])
    assert memory_search.azure_style(legs) == pytest.approx([1 / 61, 1 / 62 + 1 / 62, 1 / 63 + 1 / 61])


def test_terms_without_a_dictionary() -> None:
    assert memory_search.bigrams("금천구 Xi 역") == ["금천", "천구", "xi", "역"]
    assert memory_search.words("금천구 Xi") == ["금천구", "xi"]


def home(source: str, *texts: str) -> Document:
    chunks = tuple(
        Chunk(f"t{number}", text, (Sentence(text, f"English of {text}"),)) for number, text in enumerate(texts)
    )
    return Document("housing", source, "가나 자이", "Gana Xi", chunks, housing=HousingAttributes())


def test_a_corpus_written_in_other_ways_keeps_what_can_be_cited() -> None:
    ships = [
        home("1", "가나 자이(Gana Xi)는 역(Station)에 있습니다. [location]", "가나 자이(Gana Xi)의 값(1억) [price]")
    ]
    once = rewritten(ships, "ko", repeated=False)[0]
    assert [chunk.text for chunk in once.chunks] == ["가나 자이는 역에 있습니다.", "이 단지의 값(1억)"]
    assert [chunk.sentences for chunk in once.chunks] == [chunk.sentences for chunk in ships[0].chunks]
    english = rewritten(ships, "en", repeated=True)[0]
    assert english.chunks[1].text.startswith("English of")
    assert english.chunks[1].language == "en"
    assert rewritten(ships, "both", repeated=True) == ships


def test_the_part_of_the_corpus_holds_what_details_are_asked_of() -> None:
    documents = [home(str(number), "가") for number in range(20)]
    asked = SearchCase("a", "a", "ko-long", "detail", "t", "q", Relevant(("7",), (("homes:1",),)), "g")
    found = SearchCase("b", "b", "ko-long", "find", "t", "q", Relevant(("7", "19"), (), 2), "g")
    chosen = subset(documents, [asked], 5)
    assert len(chosen) == 5
    assert "7" in {document.source_id for document in chosen}
    kept = within([asked, found], [documents[7]])
    assert kept[1].relevant == Relevant(("7",), (), 1)
    assert within([found], [documents[0]]) == []


def test_rows_are_held_to_the_one_that_ships() -> None:
    cases = [case(pair, "ko-long") for pair in "abcd"]
    all_right = list(run_searches(cases, lambda _: [result("1")]))
    half = list(run_searches(cases, lambda text: [result("1" if text[0] in "ab" else "2")]))
    rows = rows_of("block", {"one": all_right, "other": half}, "one")
    assert [row.points.mean for row in rows] == [0, -50]
    assert rows[1].points.low < -50 < rows[1].points.high
    assert "-50.0 (" in ablation_table(rows)
