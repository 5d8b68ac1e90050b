"""What a completion costs, by the price list in ``prices.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from prompts.yaml_text import parse_yaml

Price = tuple[float, float, float]  # US dollars per million tokens: read, read from the cache, written


def cost(model: str, read: int, cached: int, written: int) -> float | None:
    """US dollars for these tokens (``cached`` are among ``read``); None where no price is known."""
    price = _prices().get(re.sub(r"-20\d\d-\d\d-\d\d$", "", model))
    if price is None:
        return None
    return ((read - cached) * price[0] + cached * price[1] + written * price[2]) / 1e6


@cache
def _prices() -> dict[str, Price]:
    text = resources.files("assistant.adapters.chat").joinpath("prices.yaml").read_text(encoding="utf-8")
    return {name: (row[0], row[1], row[2]) for name, row in parse_yaml(text).items()}
