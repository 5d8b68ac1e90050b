"""Do the scorers agree with people? Text and fact pairs that a person labelled, and the share judged alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import SourceError
from eval.data.figures import parse_figure
from eval.scoring.fact_matcher import says
from eval.scoring.korquad import exact_match, f1, tolerant
from prompts.yaml_text import parse_yaml

LABELS = Path(__file__).parents[1] / "datasets" / "labels"
HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Label:
    """A text, a fact as a dataset writes it, and whether a person says that the text says it. ``held_out``: the scorers
    were not mended with it in sight.
    """

    fact: str
    text: str
    said: bool
    held_out: bool = False

    @property
    def language(self) -> str:
        return "ko" if re.search("[가-힣]", self.text) else "en"


def load_labels(folder: Path = LABELS) -> list[Label]:
    """All labelled pairs of a folder, in order.

    Raises:
        SourceError: a file is not a list of ``{fact, says: [text], does_not: [text]}``.
    """
    return [label for path in sorted(folder.glob("*.yaml")) for label in _read(path)]


def _read(path: Path) -> list[Label]:
    try:
        groups: list[dict[str, Any]] = parse_yaml(path.read_text(encoding="utf-8"))
        return [
            Label(str(group["fact"]), str(text), said, path.stem == HELD_OUT)
            for group in groups
            for key, said in (("says", True), ("does_not", False))
            for text in group[key]
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SourceError(
            path, f"these are no labels ({error}).", "Write a list of {fact, says: […], does_not: […]}."
        ) from error


def by_korquad(labels: Iterable[Label], least: float = 0.5) -> list[tuple[str, int, int]]:
    """What the field's usual measures make of facts in words: name, pairs judged as the person did, pairs in all. They
    compare whole answers, so a sentence around the answer counts against it; why the scorers look for facts instead.
    """
    pairs = [label for label in labels if parse_figure(label.fact) is None]
    measures: list[tuple[str, Callable[[str, Sequence[str]], float]]] = [
        ("KorQuAD exact match", exact_match),
        ("KorQuAD exact match, particles forgiven", partial(tolerant, exact_match)),
        (f"KorQuAD F1 of at least {least}", f1),
        (f"KorQuAD F1 of at least {least}, particles forgiven", partial(tolerant, f1)),
    ]
    return [
        (name, sum((measure(pair.text, [pair.fact]) >= least) == pair.said for pair in pairs), len(pairs))
        for name, measure in measures
    ]


def disagreements(labels: Iterable[Label]) -> list[Label]:
    """The pairs that the scorers judge otherwise than the person did."""
    return [label for label in labels if says(label.text, label.fact) != label.said]
