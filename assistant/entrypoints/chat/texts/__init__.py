"""What the chat says, in two languages: one YAML file per language beside this module, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain import Language
from prompts.yaml_text import parse_yaml


@dataclass(frozen=True, slots=True)
class Texts:
    """The phrases of one language, by dotted key (``step.found``).

    ``starters`` are the questions offered on the empty page, by domain: the ``label`` of a button, and the ``message``
    that it sends.
    """

    language: Language
    phrases: Mapping[str, str]
    starters: Mapping[str, Sequence[Mapping[str, str]]]

    def say(self, key: str, **values: object) -> str:
        """The phrase with its ``{placeholders}`` filled in. A missing phrase or placeholder raises KeyError."""
        return self.phrases[key].format_map(values)

    def group(self, key: str, **values: object) -> dict[str, str]:
        """The phrases right below ``key``, by their last word, each as :meth:`say` says it."""
        split = [one.rpartition(".") for one in self.phrases]
        return {word: self.say(f"{key}.{word}", **values) for above, _, word in split if above == key}


@cache
def texts(language: Language, package: str = __name__) -> Texts:
    """The phrases of ``language``: the chat's, or those in another ``package`` with a YAML file per language."""
    content = parse_yaml(files(package).joinpath(f"{language}.yaml").read_text(encoding="utf-8"))
    starters = content.pop("starters", {})
    return Texts(language, _flatten(content), starters)


def spoken_language(tag: str | None) -> Language:
    """``ko`` for a Korean browser (``ko``, ``ko-KR``), ``en`` for every other language tag."""
    return "ko" if (tag or "").lower().split("-")[0] == "ko" else "en"


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
