"""The JSON that pages show, taken in and printed, is that of the code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from shipped import PROMPTS

from assistant.answering.draft import STEPS
from assistant.domain import (
    Answer,
    Citation,
    Criterion,
    Dropped,
    EntityName,
    Filters,
    Question,
    Result,
    Understanding,
    Usage,
)
from assistant.entrypoints.http.bodies import Asked
from assistant.entrypoints.http.problems import problem_json
from assistant.entrypoints.json_forms.answer import answer_json, search_json
from eval.checks.feedback import read_feedback
from eval.data.cases import load
from eval.search.cases import load_searches
from ingest.inquiries import read_inquiries
from ingest.sources import read

ROOT = Path(__file__).parents[2]
PROGRAMS, DATA = "docs/programs.md", "docs/data.md"


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Any]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text_of(page), re.DOTALL)]


def forms(page: str) -> list[str]:
    """JSON objects in backticks: values, or the bare names of keys, with ``?`` after those that may be left out."""
    return [" ".join(form.split()) for form in re.findall(r"`(\{\"[^`]*\})`", text_of(page))]


def keys(form: str) -> dict[str, bool]:
    """The names in a form without values, and whether each must be there."""
    return {name: not mark for name, mark in re.findall(r'(?<!\| )"(\w+)"(\??)(?=[,}:])', form)}


def the_form(page: str, key: str) -> dict[str, bool]:
    (found,) = (keys(form) for form in forms(page) if f'"{key}"' in form)
    return found


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_json_of_an_answer_is_the_json_printed() -> None:
    shown = blocks(PROGRAMS)[0]
    understanding = Understanding("", "ko", None, "explore", filters=Filters())
    steps = dict.fromkeys(shown["timings_ms"], 0.0)
    entities = (EntityName("housing:1", "가", "A"),)
    cited = (Citation(1, "1", "housing:1#place", "housing:1", "가는"),)
    dropped = (Dropped("가는", "why"),)
    answer = Answer(Question(""), "", understanding, True, False, entities, cited, dropped, "", "", steps, Usage())
    printed = answer_json(answer)
    assert list(shown) == list(printed)
    for key in ("entities", "citations", "dropped"):
        assert list(shown[key][0]) == list(printed[key][0])
    assert shown["usage"].keys() == printed["usage"].keys()
    assert tuple(shown["timings_ms"]) == STEPS


def test_the_json_of_a_search_is_the_json_printed() -> None:
    shown = blocks(PROGRAMS)[1]
    filters = Filters(sigungus=("금천구",))
    understanding = Understanding("", "ko", None, "explore", filters=filters, criteria=(Criterion("park", 800),))
    result = Result(1, 0.5, "housing:1", "1", "housing:1#place", "housing", "가", "A", "place", "가는", ())
    printed = search_json("", "", understanding, [result])
    assert list(shown) == list(printed)
    assert shown["filters"] == printed["filters"]
    assert list(shown["results"][0]) == list(printed["results"][0])


def test_a_line_of_a_batch_is_taken() -> None:
    (line,) = (json.loads(form) for form in forms(PROGRAMS) if '"q1"' in form)
    assert Asked(**line).question == line["question"]
    assert [name for name, field in Asked.model_fields.items() if field.is_required()] == ["question"]


def test_an_error_is_as_it_is_shown() -> None:
    (shown,) = (json.loads(form) for form in forms(PROGRAMS) if form.startswith('{"error"'))
    printed = problem_json(422, "…")
    assert (list(shown), list(shown["error"])) == (list(printed), list(printed["error"]))


@pytest.mark.parametrize(
    ("key", "kind", "values"),
    [("question", "faqs", {}), ("description", "listings", {"price": "3.5만"}), ("doc_id", "documents", {})],
)
def test_a_form_of_documents_is_read_with_all_its_keys_and_with_those_that_must_be(
    key: str, kind: str, values: dict[str, str], tmp_path: Path
) -> None:
    form = the_form(DATA, key)
    assert set(values) <= set(form)
    rows: list[dict[str, object]] = [
        {name: values.get(name, f"{name} {number}") for name, needed in form.items() if needed or number}
        for number in range(2)
    ]
    sources = read(PROMPTS, [write(tmp_path / "given.jsonl", *rows)])
    assert not sources.errors
    assert len(getattr(sources, kind)) == len(rows)


def test_past_inquiries_are_read(tmp_path: Path) -> None:
    form = the_form("docs/agents.md", "message")
    assert form == {"id": True, "message": True, "answer": True, "faq": False}
    path = write(tmp_path / "inquiries.jsonl", {name: "가" for name, needed in form.items() if needed})
    assert len(list(read_inquiries(path))) == 1


def test_feedback_is_read(tmp_path: Path) -> None:
    form = the_form("eval/README.md", "edited")
    path = write(tmp_path / "feedback.jsonl", {name: "가" for name, needed in form.items() if needed})
    assert {name for name, needed in form.items() if needed} == {"question", "answer"}
    assert len(read_feedback(path)) == 1


@pytest.mark.parametrize(("section", "loaded"), [("A case", load), ("A retrieval question", load_searches)])
def test_a_line_of_a_dataset_is_taken(section: str, loaded: Any, tmp_path: Path) -> None:
    text = text_of("eval/README.md").split(f"\n## {section}\n")[1]
    lines = re.match(r"\s*((?:    .*\n)+)", text)
    assert lines is not None
    path = tmp_path / "one.jsonl"
    path.write_text(" ".join(lines.group(1).split()).replace(", …]", "]") + "\n", encoding="utf-8")
    assert len(loaded(path)) == 1
