"""Gold of the retrieval questions: which sources a search must bring up, computed from the public tables.

The rules for details are those of :mod:`eval.data.gold_rules`; here are those for what many complexes may fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from eval.data import gold_rules
from eval.data.gold_rules import Expected, first_rank, prices, scores
from eval.data.public_data import SAMPLES, near, notice, parks

FIRST_PAGE = 5  # results a person looks at


def among(
    *,
    districts: tuple[str, ...] | list[str] = (),
    max_households: int | None = None,
    max_competition: float | None = None,
    min_score: float | None = None,
    park: str = "",
    surely: dict[str, Any] | None = None,
    **wants: Any,
) -> Expected:
    """Notices that meet every condition; those of :func:`eval.data.gold_rules.find` and these.

    ``districts``: the address names one of them (those next to each other are listed by hand); ``max_competition``
    applications per home, first rank, all residences; ``min_score`` 가점 that the lowest winner had; ``park`` a park's
    name, within 1,500 m. Where people differ about a word ("a walk"), the conditions are those of its widest reading,
    and ``surely`` those of its narrowest: what meets the first is right, and only what meets the second must come.
    """
    found = [
        id_
        for id_ in gold_rules.find(**wants)["entities_any"]
        if (not districts or any(word in notice(id_)["공급위치"] for word in districts))
        and (max_households is None or 0 < int(notice(id_)["공급규모"] or 0) <= max_households)
        and (max_competition is None or ((rate := competition(id_)) is not None and rate <= max_competition))
        and (min_score is None or ((score := min(scores(id_), default=None)) is not None and score >= min_score))
        and (not park or any(place.name == park for _, place in near(id_, parks(), 1_500)))
    ]
    due = found
    if surely:
        narrow = {**wants, **surely}
        due = [id_ for id_ in found if id_ in gold_rules.find(**narrow)["entities_any"]]
    if not due:
        raise ValueError("no notice meets the conditions")
    return {"sources": found, "enough": min(FIRST_PAGE, len(due))}


def competition(id_: str) -> float | None:
    """First-rank applications per home, all types and residences together: 1순위 접수건수 / 공급세대수."""
    homes: dict[str, int] = {}
    applications = 0
    for row in first_rank(id_):
        homes[row["주택형"]] = int(row["공급세대수"] or 0)
        applications += int(row["접수건수"].replace(",", "") or 0)
    total = sum(homes.values())
    return applications / total if total else None


def rate(id_: str, type_: str) -> Expected:
    """First-rank competition of one 주택형, written as people do (``84.9952A``): of local residents, or of all."""
    first = first_rank(id_, type_)
    local = next(row["경쟁률"].replace(",", "") for row in first if row["거주지역"] == "해당지역")
    applications = sum(int(row["접수건수"].replace(",", "") or 0) for row in first)
    together = f"{applications / int(first[0]['공급세대수']):.2f}"
    return {"entities_all": [id_], "facts": [[f"ratio:{one}" for one in dict.fromkeys((local, together))]]}


def steepest(id_: str) -> float | None:
    """The highest first-rank 경쟁률 of one type and residence."""
    rates = [row["경쟁률"].replace(",", "") for row in first_rank(id_)]
    return max((float(rate) for rate in rates if re.fullmatch(r"[\d.]+", rate)), default=None)


def _measures(id_: str, by: str, area: int | None) -> list[float | None]:
    """What complexes may honestly be ordered by; where two readings are usual, both."""
    asked = prices(id_, area)
    readings: dict[str, list[float | None]] = {
        "households": [float(notice(id_)["공급규모"] or 0)],
        "price": [min(asked, default=None), max(asked, default=None)],
        "move_in": [float(notice(id_)["입주예정월"].replace("-", "") or 0) or None],
        "competition": [competition(id_), steepest(id_)],
        "score": [min(scores(id_), default=None)],
    }
    return readings[by]


def best(by: str, *, most: bool, **wants: Any) -> Expected:
    """The first of those that meet the conditions, ordered by ``by``; ties, and both usual readings, all count."""
    fitting = among(**wants)["sources"]
    table = {id_: _measures(id_, by, wants.get("area")) for id_ in fitting}
    winners: set[str] = set()
    for reading in zip(*table.values(), strict=True):
        known = [value for value in reading if value is not None]
        first = (max if most else min)(known)
        winners |= {id_ for id_, value in zip(table, reading, strict=True) if value == first}
    return {"sources": sorted(winners), "enough": 1}


@cache
def _ids(folder: str) -> frozenset[str]:
    files = (SAMPLES / folder).glob("*.jsonl")
    return frozenset(json.loads(line)["id"] for file in files for line in file.read_text("utf-8").splitlines() if line)


def _chosen(folder: str, ids: tuple[str, ...], enough: int) -> Expected:
    if unknown := set(ids) - _ids(folder):
        raise ValueError(f"the sample corpus has no {', '.join(sorted(unknown))} in {folder}")
    return {"sources": list(ids), "enough": enough}


def faqs(*ids: str) -> Expected:
    """Help-centre entries any of which answers the question, chosen by a person who read them."""
    return _chosen("faq", ids, 1)


def posts(*ids: str, enough: int | None = None) -> Expected:
    """Marketplace posts that fit, chosen by a person who read all titles; ``enough``: those nobody would dispute."""
    return _chosen("listings", ids, min(FIRST_PAGE, enough or len(ids)))


RULES: dict[str, Callable[..., Expected]] = {
    **gold_rules.RULES,
    **{rule.__name__: rule for rule in (among, best, faqs, posts, rate)},
}


@cache
def resolve(rule: str) -> Expected:
    """``sources`` (ids that are right), and either ``enough`` (how many of them the first page must show) or ``facts``
    (what their text must state, one alternative of each group).

    Raises:
        ValueError: it is not a call of a known rule with literal arguments, or the tables hold nothing for it.
    """
    given = gold_rules.resolve(rule, RULES)
    if "entities_all" in given:
        return {"sources": given["entities_all"], "facts": given["facts"]}
    return given
