"""How gold follows from the public tables: each rule gives the part of ``expect`` that one question needs.

A case names its rule in ``gold``: ``top_price("2020000608", area=84)``. Alternatives of one fact are written as in the
datasets (``won:…``, ``m:…``, or words); rules joined with ``+`` need the facts of both.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.data.gold_posts import listed, post_price
from eval.data.public_data import (
    SAME_STATION,
    Place,
    Row,
    area_of,
    libraries,
    near,
    notice,
    parks,
    rows_of,
    schools,
    stations,
    table,
)

Expected = dict[str, Any]


_SPECIAL_ENGLISH = {"신혼부부": "newlyweds", "다자녀가구": "multi-child families", "생애최초": "first-time buyers"}
# Tracks as the station tables name them, and the line whose trains run on them.
_LINE_OF_TRACK = {
    "경원선": "1호선",
    "경부선": "1호선",
    "경인선": "1호선",
    "일산선": "3호선",
    "과천선": "4호선",
    "안산선": "4호선",
}


def _about(notice_id: str, *facts: list[str]) -> Expected:
    return {"facts": list(facts), "entities_all": [notice_id]}


def _cells(columns: Sequence[str], unit: str) -> Callable[[str], Expected]:
    """What a notice says in these columns, each a fact of its own."""
    return lambda id_: _about(id_, *([f"{unit}{notice(id_)[column]}"] for column in columns))


# Rules that read cells of a notice: name, columns, and the unit that the dataset writes before them.
_OF_CELLS: dict[str, Callable[[str], Expected]] = {
    name: _cells(columns, unit)
    for name, columns, unit in (
        ("move_in", ("입주예정월",), "month:"),
        ("households", ("공급규모",), "homes:"),
        ("receipt", ("청약접수시작일", "청약접수종료일"), "date:"),
        ("winners", ("당첨자발표일",), "date:"),
        ("announced", ("모집공고일",), "date:"),
        ("contract", ("계약시작일", "계약종료일"), "date:"),
        ("phone", ("문의처",), ""),
    )
}


def prices(id_: str, area: int | None = None) -> list[int]:
    """공급금액_분양최고금액 in 만원 of each type that has one, or of those of ``area`` point something ㎡."""
    return [
        price
        for row in rows_of("house_types", id_)
        if (area is None or int(area_of(row["주택형"])) == area) and (price := int(row["공급금액_분양최고금액"] or 0))
    ]


def top_price(id_: str, area: int) -> Expected:
    """The highest 공급금액_분양최고금액 of the types of ``area`` point something ㎡."""
    return _about(id_, [f"won:{max(prices(id_, area)) * 10_000}"])


def builder(id_: str, *english: str) -> Expected:
    """건설업체명_시공사 without its legal form; ``english`` are names that say the same."""
    name = re.sub(r"\(주\)|㈜|주식회사|\s", "", notice(id_)["건설업체명_시공사"])
    return _about(id_, [name, *english])


def special(id_: str, kind: str) -> Expected:
    """Homes set aside for a kind of special supply, as the column names it: ``신혼부부``."""
    count = sum(int(row[f"특별공급_{kind}세대수"] or 0) for row in rows_of("house_types", id_))
    # A list of kinds gives no unit: "40 for multi-child families, 73 for newlyweds".
    return _about(id_, [f"homes:{count}", f"{count} for {_SPECIAL_ENGLISH[kind]}"])


def first_rank(id_: str, type_: str = "") -> list[Row]:
    """Competition in the first rank, a row a type and residence; of one 주택형, written as people do, or of all."""
    return [
        row
        for row in rows_of("competition", id_)
        if row["순위"] == "1" and type_.strip() in ("", row["주택형"].strip().lstrip("0"))
    ]


def competition(id_: str, type_: str) -> Expected:
    """First-rank competition of local residents for one 주택형, written as people do: ``84.9952A``."""
    rates = [row["경쟁률"] for row in first_rank(id_, type_) if row["거주지역"] == "해당지역"]
    # A list of types gives its unit once, at its head: "84.9952A 40.47".
    short = f"{area_of(type_):g}{type_.lstrip('0123456789.')}"
    return _about(id_, [form for rate in rates for form in (f"ratio:{rate.replace(',', '')}", f"{short} {rate}")])


def scores(id_: str, type_: str = "") -> list[float]:
    """Each 최저당첨가점 of one 주택형, or of all."""
    return [
        float(row["최저당첨가점"])
        for row in rows_of("winning_scores", id_)
        if type_ in ("", row["주택형"].lstrip("0")) and row["최저당첨가점"] not in ("", "-", "0")
    ]


def lowest_score(id_: str, type_: str = "") -> Expected:
    """Lowest 최저당첨가점 of one 주택형, or of all."""
    return _about(id_, [f"points:{min(scores(id_, type_)):g}"])


def _place(name: str, others: list[str], distances: list[float]) -> list[list[str]]:
    return [[name, *others], sorted({f"m:{round(distance)}" for distance in distances})]


def nearest_station(id_: str, *english: str) -> Expected:
    """Name and distance of the nearest station; the tables place a station's lines a few metres apart."""
    found = near(id_, stations(), 2_000)
    best, first = found[0]
    same = [(d, place) for d, place in found if place.name == first.name and d - best <= SAME_STATION]
    names = sorted({place.english for _, place in same if place.english} | set(english))
    return _about(id_, *_place(first.name, names, [best, *(d for d, _ in same if d <= best + 150)]))


def nearest_school(id_: str, level: str, *english: str) -> Expected:
    """Name and distance of the nearest school of a level (초등학교); ``english`` are names that say the same."""
    best, first = next((d, place) for d, place in near(id_, schools(), 3_000) if place.kind == level)
    return _about(id_, *_place(first.name, list(english), [best]))


def nearest_park(id_: str) -> Expected:
    """Name and distance of the nearest park."""
    best, first = near(id_, parks(), 3_000)[0]
    return _about(id_, *_place(first.name, [], [best]))


def nearest_library(id_: str, *english: str, kind: str = "") -> Expected:
    """Name and distance of the nearest library, of a kind if given; ``english`` are names that say the same."""
    best, first = next((d, place) for d, place in near(id_, libraries(), 1_500) if kind in ("", place.kind))
    return _about(id_, *_place(first.name, list(english), [best]))


def library_distance(id_: str) -> Expected:
    """Distance of the nearest library alone."""
    return _about(id_, [f"m:{round(near(id_, libraries(), 1_500)[0][0])}"])


def no_library(id_: str) -> Expected:
    """That none is known within 1.5 km, for a notice whose address is known.

    Raises:
        ValueError: there is one, or the address is not known.
    """
    if near(id_, libraries(), 1_500) or not near(id_, parks(), 20_000):
        raise ValueError(f"{id_} has a library near it, or no known address")
    return _about(id_, ["1.5km", "1.5 km"])


def park_distance(id_: str) -> Expected:
    """Distance of the nearest park, for questions in a language in which the tables do not name it."""
    return _about(id_, [f"m:{round(near(id_, parks(), 3_000)[0][0])}"])


def _line(station: Place) -> str:
    """A line as people call it: ``서울 도시철도 7호선`` and ``7호선(인천)`` are ``7호선``, ``경원선`` is ``1호선``."""
    name = re.sub(r"^서울 도시철도 |\(.*\)$", "", station.kind)
    return _LINE_OF_TRACK.get(name, name)


def _meets(id_: str, row: dict[str, str], wants: dict[str, Any]) -> bool:
    types = rows_of("house_types", id_)
    area, cap, least = wants.get("area"), wants.get("max_price"), wants.get("min_price", 1)
    if wants.keys() & {"area", "max_price", "min_price", "min_area"} and not any(
        (area is None or int(area_of(one["주택형"])) == area)
        and area_of(one["주택형"]) >= wants.get("min_area", 0)
        and (cap is None or least <= int(one["공급금액_분양최고금액"] or 0) <= cap)
        for one in types
    ):
        return False
    month = row["입주예정월"]
    checks = (
        all(word in row["공급위치"] for word in wants.get("address", ())),
        any(word in row["공급위치"] for word in wants.get("districts", ("",))),
        wants.get("move_in_from", "0000") <= month <= wants.get("move_in_to", "9999"),
        not any(word in row["공급위치"] for word in wants.get("not_address", ())),
        wants.get("min_households", 0) <= int(row["공급규모"] or 0) <= wants.get("max_households", 10**6),
        wants.get("received_from", "0000") <= row["청약접수종료일"],
        row["청약접수시작일"] <= wants.get("received_to", "9999"),
        wants.get("brand", "") in row["주택명"].replace(" ", ""),
        wants.get("not_brand", " ") not in row["주택명"].replace(" ", ""),
        any(name in row["건설업체명_시공사"] for name in wants.get("builders", ("",))),
        wants.get("tenure", "") in row["분양구분코드명"],
    )
    if not all(checks):
        return False
    within = wants.get("within", 1_000)
    stops = near(id_, stations(), within) if wants.keys() & {"line", "station", "any_station"} else []
    line, name, level, smallest, library = (
        wants.get(key) for key in ("line", "station", "school", "park_area", "library")
    )
    near_enough = (
        line is None or any(_line(place) == line for _, place in stops),
        name is None or any(place.name == name for _, place in stops),
        not wants.get("any_station") or bool(stops),
        level is None or any(place.kind == level for _, place in near(id_, schools(), within)),
        library is None or any(library in ("", place.kind) for _, place in near(id_, libraries(), within)),
        not wants.get("library_name")
        or any(place.name == wants["library_name"] for _, place in near(id_, libraries(), within)),
        smallest is None or any(place.area >= smallest for _, place in near(id_, parks(), within)),
    )
    return all(near_enough)


def find(**wants: Any) -> Expected:
    """Notices that meet every condition: any of them is a right answer, any other is a wrong one.

    ``address`` words of the address; ``districts`` of which it holds one, ``not_address`` of which none; ``area`` ㎡,
    whole, and ``min_area``; ``min_price`` and ``max_price`` 만원; ``move_in_from`` and ``_to`` YYYY-MM;
    ``received_from`` and ``_to`` YYYY-MM-DD, between which applications were taken; ``min_households`` and
    ``max_households``; ``brand``, ``not_brand``; ``builders``, names of one; ``tenure``; ``line``, ``station``,
    ``any_station``, ``school`` level, ``library`` kind (empty: any), ``library_name`` or ``park_area`` ㎡ at least,
    each within ``within`` metres (1,000 unless given).
    """
    found = [row["주택관리번호"] for row in table("housing/notices") if _meets(row["주택관리번호"], row, wants)]
    return {"entities_any": sorted(found)}


def most(what: str, largest: bool = True, **wants: Any) -> Expected:
    """The extreme of a figure over the notices that :func:`find` gives, where one of them alone has it.

    ``what``: ``households``, ``move_in``, or ``price`` with ``area`` in whole ㎡.
    """
    ids = find(**wants)["entities_any"]
    rules: dict[str, Callable[[str], Expected]] = {
        **_OF_CELLS,
        "price": lambda id_: top_price(id_, wants["area"]),
    }
    facts = {id_: rules[what](id_)["facts"][0][0] for id_ in ids}
    ordered = sorted(ids, key=lambda id_: float(facts[id_].split(":")[1].replace("-", "")), reverse=largest)
    if len(ordered) > 1 and facts[ordered[0]] == facts[ordered[1]]:
        raise ValueError(f"{ordered[0]} and {ordered[1]} share the extreme")
    return {"facts": [[facts[ordered[0]]]], "entities_any": ids}


def find_all(**wants: Any) -> Expected:
    """As :func:`find`, where few enough meet the conditions that an answer must name all of them."""
    return {"entities_all": find(**wants)["entities_any"]}


RULES: dict[str, Callable[..., Expected]] = _OF_CELLS | {
    rule.__name__: rule
    for rule in (
        top_price,
        builder,
        special,
        competition,
        lowest_score,
        nearest_station,
        nearest_school,
        nearest_park,
        nearest_library,
        library_distance,
        no_library,
        park_distance,
        find,
        find_all,
        most,
        listed,
        post_price,
    )
}


def resolve(rule: str, rules: Mapping[str, Callable[..., Expected]] = RULES) -> Expected:
    """The part of ``expect`` that a rule gives; ``rules`` are those it may call.

    Raises:
        ValueError: it is not a call of a known rule with literal arguments, or the tables hold nothing for it.
    """
    try:
        return _resolve(ast.parse(rule, mode="eval").body, rules)
    except (SyntaxError, StopIteration, IndexError, TypeError) as error:
        raise ValueError(f"the gold rule {rule!r} gives nothing ({error!r})") from error


def _resolve(node: ast.expr, rules: Mapping[str, Callable[..., Expected]]) -> Expected:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _resolve(node.left, rules), _resolve(node.right, rules)
        joined = {key: [*left.get(key, []), *right.get(key, [])] for key in {**left, **right}}
        if "entities_all" in joined:
            joined["entities_all"] = list(dict.fromkeys(joined["entities_all"]))
        return joined
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in rules:
        arguments = [ast.literal_eval(one) for one in node.args]
        named = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
        expected = rules[node.func.id](*arguments, **named)
        if not any(all(part) if isinstance(part, list) and part else False for part in expected.values()):
            raise ValueError(f"the tables hold nothing for {ast.unparse(node)}")
        return expected
    raise ValueError(f"{ast.unparse(node)} is no call of a known rule ({', '.join(rules)})")
