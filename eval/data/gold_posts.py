"""Gold of questions on marketplace posts, from the JSON Lines of the sample corpus, read with ``json`` alone."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from eval.data.public_data import SAMPLES

Expected = dict[str, Any]
_FREE = ("나눔", "무료", "무료나눔", "free")


@cache
def _posts() -> dict[str, dict[str, Any]]:
    lines = (SAMPLES / "listings" / "listings.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def won(price: int | str) -> int | None:
    """A price as people write it, in won: ``34만원``, ``1만5천원``, ``나눔``; None where none is given."""
    if isinstance(price, int):
        return price
    text = price.replace(",", "").removesuffix("원").strip()
    if text in _FREE:
        return 0
    found = re.fullmatch(r"(?:(\d+(?:\.\d+)?)만)?(?:(\d+)천)?(\d*)", text)
    if not text or found is None:
        return None
    man, cheon, rest = found.groups()
    return round(float(man or 0) * 10_000) + int(cheon or 0) * 1_000 + int(rest or 0)


def post_price(id_: str) -> Expected:
    """Title's post and its price."""
    price = won(_posts()[id_]["price"])
    return {"facts": [[f"won:{price}"] if price else ["나눔", "무료", "0원", "free", "KRW 0"]], "entities_all": [id_]}


def listed(
    *words: str, place: str = "", min_won: int = 0, max_won: int | None = None, status: str = "", but: str = ""
) -> Expected:
    """Posts whose title holds one of ``words`` (any case), in ``place``, at a price from ``min_won`` to ``max_won``.

    ``status`` as the posts have it. ``but``: words of titles that are something else.
    """
    return {
        "entities_any": [
            id_
            for id_, row in _posts().items()
            if any(word.casefold() in row["title"].casefold() for word in words)
            and not (but and re.search(but, row["title"]))
            and place in row["location"]
            and status in ("", row["status"])
            and ((price := won(row["price"])) is not None or (min_won == 0 and max_won is None))
            and min_won <= (price or 0)
            and (max_won is None or (price or 0) <= max_won)
        ]
    }
