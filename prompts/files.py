"""Reads prompt files: Markdown with YAML front matter whose body uses ``string.Template`` variables.

``roles/ROLE-LANGUAGE.md`` says who the assistant is and for whom; ``stages/STAGE-LANGUAGE.md`` is the system text of a
kind of question and names its examples, ``FILE/ID`` of ``examples/FILE.yaml``; ``rewrites/`` rewrite a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from string import Template
from typing import Any

import yaml

from prompts.yaml_text import parse_yaml

SUFFIXES = (".md", ".yaml")
KEYS = {
    "roles": ("role", "language"),
    "stages": ("stage", "domain", "language", "examples"),
    "rewrites": ("rewrite", "language"),
}
VARIABLES = {"roles": (), "stages": ("role",), "rewrites": ()}


class PromptFileError(ValueError):
    """A prompt file cannot be used; the message names the file, the line and what to write instead."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question on numbered evidence, and the answer that it should get, in one language."""

    evidence: tuple[str, ...]
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class PromptFile:
    """``body`` still has its variables; ``examples`` are ids such as ``detail/one-fact``, most general first."""

    name: str
    body: str
    examples: tuple[str, ...] = ()

    def render(self, **values: str) -> str:
        """The body with its variables filled in.

        Raises:
            PromptFileError: a variable has no value.
        """
        for variable in Template(self.body).get_identifiers():
            if variable not in values:
                raise PromptFileError(f"{self.name}: ${variable} was given no value.")
        return Template(self.body).substitute(values)


def parse_prompt(name: str, kind: str, text: str) -> PromptFile:
    """``text`` of a file called ``name`` in a folder of ``KEYS``.

    Raises:
        PromptFileError: a key of its front matter is missing or unknown, or a variable is.
    """
    match = re.fullmatch(r"---\n(.*?\n)---\n(.*)", text, re.DOTALL)
    if match is None:
        raise PromptFileError(f"{name}, line 1: begins without front matter. Put its keys between two lines of ---.")
    front, body = match.groups()
    keys = KEYS[kind]
    try:
        given = parse_yaml(front)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise PromptFileError(f"{name}, line {line}: the front matter is no YAML ({error.problem}).") from error
    if not isinstance(given, dict):
        raise PromptFileError(f"{name}, line 2: the front matter holds no keys. Known: {', '.join(keys)}.")
    for key in given:
        if key not in keys:
            raise PromptFileError(f"{name}, {_line(text, str(key))}: unknown key {key!r}. Known: {', '.join(keys)}.")
    for key in keys:
        if key not in given:
            raise PromptFileError(f"{name}, line 2: the key {key!r} is missing.")
    known = ", ".join(f"${variable}" for variable in VARIABLES[kind]) or "none"
    if not Template(body).is_valid():
        raise PromptFileError(f"{name}, {_line(text, '$')}: a $ begins no variable. Write $$ for the sign itself.")
    for variable in Template(body).get_identifiers():
        if variable not in VARIABLES[kind]:
            raise PromptFileError(
                f"{name}, {_line(text, f'${variable}')}: unknown variable ${variable}. Known: {known}."
            )
    return PromptFile(name, body.strip(), tuple(given.get("examples", ())))


def _line(text: str, wanted: str) -> str:
    number = next((number for number, line in enumerate(text.splitlines(), 1) if wanted in line), 1)
    return f"line {number}"


def parse_examples(file: str, rows: list[dict[str, Any]]) -> dict[str, dict[str, Example]]:
    """What ``file``, such as ``examples/detail.yaml``, holds: by id (``detail/one-fact``), then by language.

    Raises:
        PromptFileError: one lacks a part; names the file and the example.
    """
    found: dict[str, dict[str, Example]] = {}
    for number, row in enumerate(rows, start=1):
        try:
            found[f"{PurePath(file).stem}/{row['id']}"] = {
                language: Example(tuple(side["evidence"]), side["question"], side["answer"].strip())
                for language, side in (("ko", row["ko"]), ("en", row["en"]))
            }
        except KeyError as error:
            raise PromptFileError(f"prompts/{file}: example {number} has no {error.args[0]!r}.") from error
    return found
