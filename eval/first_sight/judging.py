"""Verdicts of judges who do not know whose answer they read: forms out, verdicts in."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from assistant.errors import SourceError
from eval.data.lines import read_lines
from eval.first_sight.questions import Conversation, Manifest

VERDICTS = "verdicts"
Verdict = Literal["right", "partly", "condition dropped", "wrong", "wrongly declined", "invented"]
WORDS: tuple[Verdict, ...] = ("right", "partly", "condition dropped", "wrong", "wrongly declined", "invented")
SIDES = "AB"
FORM = (
    '{"form": "q1.1", "key": "…", "verdicts": {"A": "right", "B": "wrong"}, "noise": [], "preferred": "A", "note": ""}'
)


@dataclass(frozen=True, slots=True)
class Form:
    """A turn as a judge sees it: ``answers`` of each side, in the order in which ``trees`` were drawn for it."""

    form: str
    question: str
    expect: str
    earlier: tuple[str, ...]
    answers: tuple[dict[str, Any], ...]
    trees: tuple[str, ...]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Filled:
    """A form filled in: a verdict a side, the sides whose notes are noise, which is preferred (of two), a note."""

    form: str
    key: str
    verdicts: dict[Literal["A", "B"], Verdict]
    noise: tuple[Literal["A", "B"], ...] = ()
    preferred: Literal["A", "B", "equal", ""] = ""
    note: str = ""


@checked(frozen=True)
class Judged:
    """A judge's verdict on one tree's answer to a turn; ``preferred`` is 1 where it was (½: both are equal) ``against``
    that of another tree.
    """

    turn: str
    tree: str
    verdict: Verdict
    noise: bool = False
    preferred: float | None = None
    against: str = ""
    note: str = ""


def forms(
    manifest: Manifest, conversations: Iterable[Conversation], answers: dict[str, dict[str, dict[str, Any]]], judge: str
) -> list[Form]:
    """A form a turn; which tree is A is drawn anew for each, differently for each judge, the same every time."""
    made = []
    for one in conversations:
        for at, turn in enumerate(one.turns, start=1):
            id_ = f"{one.id}.{at}"
            trees = sorted(answers)  # in whatever order they were named: sides must not turn round
            random.Random(f"{manifest.seed} {judge} {id_}").shuffle(trees)
            earlier = tuple(before.question for before in one.turns[: at - 1])
            rows = [[answers[name][f"{one.id}.{turn}"] for turn in range(1, at + 1)] for name in trees]
            told = tuple(_as_read(side, *of_tree) for side, of_tree in zip(SIDES, rows, strict=False))
            made.append(Form(id_, turn.question, turn.expect, earlier, told, tuple(trees)))
    return made


def _as_read(side: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The last answer with its evidence, after those that this side gave before."""
    *before, last = rows
    asked_back = last.get("next") or {}
    return {
        "side": side,
        "earlier": [row["answer"] for row in before],
        "answer": last["answer"],
        "asks_back": asked_back.get("question", ""),
        "evidence": [f"[{one['n']}] {one['quote']}" for one in last["citations"]],
    }


def key_of(manifest: Manifest, answers: dict[str, dict[str, dict[str, Any]]], judge: str) -> str:
    """What ties verdicts to the answers that were read and to their sides."""
    read = [manifest.sha256, manifest.seed, judge, answers]
    # Of two trees, whose sides are drawn from their names in order: forms drawn in any other way have another key.
    read += [sorted(answers)] if len(answers) > 1 else []
    told = json.dumps(read, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def blind_lines(made: Sequence[Form], key: str) -> list[dict[str, Any]]:
    """The forms without any name."""
    return [
        {"form": one.form, "key": key, "earlier": one.earlier, "question": one.question, "expect": one.expect}
        | {"answers": one.answers}
        for one in made
    ]


def page(made: Sequence[Form], key: str) -> str:
    """The forms as a page that stands alone: verdicts by mouse or number keys, kept in the browser, saved as a file."""
    told = json.dumps({"forms": blind_lines(made, key), "verdicts": WORDS}, ensure_ascii=False).replace("<", "\\u003c")
    return files("eval.first_sight").joinpath("judge.html").read_text(encoding="utf-8").replace("{{forms}}", told)


def read_filled(path: Path, made: Sequence[Form], key: str) -> list[Judged]:
    """The verdicts in a file of filled forms, by tree.

    Raises:
        SourceError: a line is no filled form, of other answers or another judge, lacks a side, or a form is missing.
    """
    known = {one.form: one for one in made}

    def checked_line(line: Any) -> Filled:
        one = TypeAdapter(Filled).validate_python(line)
        if one.form not in known:
            raise ValueError(f"there is no turn {one.form!r} in the set")
        if one.key != key:
            raise ValueError("its key is of other answers or another judge")
        sides = SIDES[: len(known[one.form].trees)]
        if set(one.verdicts) != set(sides):
            raise ValueError(f"it needs a verdict on each of {', '.join(sides)}")
        if len(sides) > 1 and not one.preferred:
            raise ValueError("it does not say which is preferred: A, B or equal")
        return one

    filled = read_lines(path, checked_line, "no filled form", f"A line is {FORM}.", lambda one: one.form)
    if missing := sorted(known.keys() - {one.form for one in filled}):
        raise SourceError(
            path, f"{len(missing)} turns have no verdict ({', '.join(missing[:5])} …).", "Judge them all."
        )
    return [judged for one in filled for judged in by_tree(one, known[one.form])]


def by_tree(one: Filled, form: Form) -> Iterable[Judged]:
    for side, tree in zip(SIDES, form.trees, strict=False):
        liked = None if len(form.trees) < 2 else 0.5 if one.preferred == "equal" else float(one.preferred == side)
        other = "".join(name for name in form.trees if name != tree)
        yield Judged(one.form, tree, one.verdicts[side], side in one.noise, liked, other, one.note)  # type: ignore[index]


def keep_verdicts(folder: Path, judge: str, verdicts: Sequence[Judged]) -> Path:
    """Keep a judge's verdicts beside those on other answers that the judge gave before."""
    path = folder / VERDICTS / f"{judge}.jsonl"
    judged = {(one.turn, one.tree) for one in verdicts}
    kept = [one for one in verdicts_of(folder).get(judge, ()) if (one.turn, one.tree) not in judged]
    path.parent.mkdir(exist_ok=True)
    rows = (TypeAdapter(Judged).dump_python(one) for one in (*kept, *verdicts))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def open_forms(folder: Path, judge: str, made: Sequence[Form]) -> list[Form]:
    """Those that the judge has not filled in yet."""
    judged = {(one.turn, one.tree) for one in verdicts_of(folder).get(judge, ())}
    return [form for form in made if not judged >= {(form.form, tree) for tree in form.trees}]


def verdicts_of(folder: Path) -> dict[str, list[Judged]]:
    """All verdicts on a set, by judge."""
    form = TypeAdapter(Judged).validate_python
    paths = sorted((folder / VERDICTS).glob("*.jsonl"))
    return {path.stem: read_lines(path, form, "no verdict", "Import the judge's forms anew.") for path in paths}
