"""Questions made from the public tables by the hundred, each with its gold; the wordings stand in a dataset.

A complex whose name stands in another one's is not asked about: the words would fit both. Names that
several notices share are a kind of their own, and each notice's fact must be told.
"""

from __future__ import annotations

import random
from calendar import month_name
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain import Language
from eval.data.cases import DATASETS, Case, Expect
from eval.data.complexes import Complex
from eval.scoring.fact_matcher import bare
from prompts.yaml_text import parse_yaml

Facts = tuple[tuple[str, ...], ...]
SIZES = (39, 49, 59, 74, 84, 101, 114)
_TRIES = 200  # until another question of a kind is found


@dataclass(frozen=True, slots=True)
class FactCase:
    """A question with its gold, and the complexes whose figures may be told."""

    case: Case
    own: tuple[Complex, ...]


Conversation = tuple[FactCase, ...]


class FactQuestions:
    """Draws conversations of one or two turns in one language, the same ones for the same seed."""

    def __init__(self, complexes: Sequence[Complex], language: Language, seed: int) -> None:
        self._language: Language = language
        self._random = random.Random(seed)
        self._words: dict[str, Any] = parse_yaml((DATASETS / "facts.yaml").read_text(encoding="utf-8"))
        self._single: dict[str, Any] = self._words["single"]
        named: dict[str, list[Complex]] = defaultdict(list)
        for one in complexes:
            if one.called(language):
                named[bare(one.called(language))].append(one)
        own_words = [group for name, group in named.items() if not any(name in more for more in named if more != name)]
        self._alone = [group[0] for group in own_words if len(group) == 1]
        self._shared = [group for group in own_words if len(group) > 1]

    def draw(self, count: int, turns: int) -> list[Conversation]:
        """``count`` conversations, kinds in turn; fewer where the tables do not yield as many different ones."""
        kinds = list(self._single_turn() if turns == 1 else (self._other_complex, self._other_fact))
        drawn: dict[tuple[str, ...], Conversation] = {}
        while kinds and len(drawn) < count:
            for kind in tuple(kinds):
                found = (kind() for _ in range(_TRIES))
                new = (
                    (key, one)
                    for one in found
                    if one and (key := tuple(turn.case.question for turn in one)) not in drawn
                )
                key, conversation = next(new, ((), None))
                if conversation is None:
                    kinds.remove(kind)
                elif len(drawn) < count:
                    drawn[key] = conversation
        return list(drawn.values())

    def _single_turn(self) -> Iterator[Callable[[], Conversation | None]]:
        for fact in self._single:
            yield lambda fact=fact: self._one(self._about(fact, self._one_of(self._alone)))  # type: ignore[misc]
        yield self._price
        yield self._no_such_size
        yield self._wrong_month
        yield self._no_builder
        yield self._namesakes
        yield lambda: self._compared("more_homes", "homes", largest=True)
        yield lambda: self._compared("earlier", "move_in", largest=False)

    def _one_of(self, of: Sequence[Any]) -> Any:
        return self._random.choice(of)

    def _worded(self, wordings: Any, *named: Complex, **values: object) -> str:
        names = [one.called(self._language) for one in named]
        if self._language == "en" and self._random.random() < 0.5:
            names = [name.lower() for name in names]
        given = dict(zip(("name", "other"), names, strict=False))
        return str(self._one_of(wordings[self._language])).format(**given, **values)

    def _gold(self, fact: str, about: Complex) -> Facts:
        """The facts to be told; none where the table's cell is empty."""
        value = about.notice[self._single[fact]["column"]].strip()
        unit = self._single[fact]["unit"]
        return ((f"{unit}:{value}" if unit else value,),) if value else ()

    def _fact_case(self, kind: str, question: str, expect: Expect, *own: Complex) -> FactCase:
        id_ = "/".join((kind, self._language, *(one.id for one in own)))
        return FactCase(Case(id_, question, self._language, kind, expect, "computed"), own)

    @staticmethod
    def _one(case: FactCase | None) -> Conversation | None:
        return (case,) if case else None

    def _about(self, fact: str, about: Complex) -> FactCase | None:
        facts = self._gold(fact, about)
        question = self._worded(self._single[fact], about)
        return self._fact_case(fact, question, Expect(facts, entities_all=(about.id,)), about) if facts else None

    def _price(self) -> Conversation | None:
        about = self._one_of(self._alone)
        prices = about.prices()
        if not prices:
            return None
        area = self._one_of(sorted(prices))
        question = self._worded(self._words["price"], about, area=area)
        expect = Expect(((f"won:{prices[area]}",),), entities_all=(about.id,))
        return (self._fact_case("price", question, expect, about),)

    def _no_such_size(self) -> Conversation | None:
        about = self._one_of(self._alone)
        missing = [area for area in SIZES if area not in about.areas()]
        if not about.prices() or not missing:
            return None
        question = self._worded(self._words["price"], about, area=self._one_of(missing))
        return (self._fact_case("no_such_size", question, Expect(abstain=True), about),)

    def _wrong_month(self) -> Conversation | None:
        about = self._one_of(self._alone)
        facts = self._gold("move_in", about)
        if not facts:
            return None
        year, month = (int(part) for part in about.notice["입주예정월"].split("-"))
        told = {"year": year + self._one_of((-1, 1, 2)), "month": month, "month_name": month_name[month]}
        question = self._worded(self._words["wrong_month"], about, **told)
        return (self._fact_case("wrong_month", question, Expect(facts, entities_all=(about.id,)), about),)

    def _no_builder(self) -> Conversation | None:
        about = self._one_of(self._alone)
        if about.notice["건설업체명_시공사"]:
            return None
        question = self._worded(self._words["builder"], about)
        return (self._fact_case("no_builder", question, Expect(abstain=True), about),)

    def _namesakes(self) -> Conversation | None:
        if not self._shared:
            return None
        group, fact = self._one_of(self._shared), self._one_of(list(self._single))
        facts = [self._gold(fact, one) for one in group]
        question = self._worded(self._single[fact], group[0])
        expect = Expect(tuple(told for of in facts for told in of), entities_all=tuple(one.id for one in group))
        return (self._fact_case("namesakes", question, expect, *group),) if all(facts) else None

    def _compared(self, kind: str, fact: str, *, largest: bool) -> Conversation | None:
        pair = self._random.sample(self._alone, 2)
        golds = [self._gold(fact, one) for one in pair]
        column = self._single[fact]["column"]
        values = [int(one.notice[column].replace("-", "") or 0) for one in pair]
        if not all(golds) or values[0] == values[1]:
            return None
        # Which one it is not: "than B", "B보다", "B(58세대)보다".
        loser = pair[values.index(min(values) if largest else max(values))]
        name = loser.called(self._language)
        figure = loser.notice[column]
        year, _, month = figure.partition("-")
        shown = f"{int(figure):,}세대" if largest else f"{year}년{int(month)}월"
        lost = (f"than {name}",) if self._language == "en" else (f"{name}보다", f"{name}({shown})보다")
        question = self._worded(self._words[kind], *pair)
        expect = Expect((*golds[0], *golds[1], lost), entities_all=tuple(one.id for one in pair))
        return (self._fact_case(kind, question, expect, *pair),)

    def _other_complex(self) -> Conversation | None:
        """The same fact of another complex: nothing of the first may be told."""
        fact = self._one_of(list(self._single))
        first, second = self._random.sample(self._alone, 2)
        begun, facts = self._about(fact, first), self._gold(fact, second)
        if not begun or not facts:
            return None
        question = self._worded(self._words["other"], second)
        expect = Expect(facts, forbidden=(first.name, first.called(self._language)), entities_all=(second.id,))
        return begun, self._fact_case("then_other_complex", question, expect, second)

    def _other_fact(self) -> Conversation | None:
        """Another fact of the same complex, which is not named again."""
        fact, other = self._random.sample(list(self._single), 2)
        about = self._one_of(self._alone)
        begun, facts = self._about(fact, about), self._gold(other, about)
        if not begun or not facts:
            return None
        question = self._worded(self._single[other]["then"])
        return begun, self._fact_case("then_other_fact", question, Expect(facts, entities_all=(about.id,)), about)
