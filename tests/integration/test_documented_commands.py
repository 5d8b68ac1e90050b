"""The commands that the pages name and no other test runs, and the examples of the README, as people run them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from command_line import CommandLine, read_lines, write_lines

from eval.data.cases import suite_path
from eval.perf.fake_server import FakeServer, spoken

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def budongi(samples: Path) -> CommandLine:
    return CommandLine(samples)


def test_the_examples_of_the_readme_print_what_is_shown(budongi: CommandLine, tmp_path: Path) -> None:
    console = re.findall(r"^```console\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shown = re.split(r"^\$ (.*)\n", console[0], flags=re.MULTILINE)[1:]
    examples = {shlex.split(line)[2]: text for line, text in zip(shown[::2], shown[1::2], strict=True)}
    assert len(examples) == 5
    lines = [{"id": str(number), "question": question} for number, question in enumerate(examples)]
    done = budongi("ask", "--batch", write_lines(tmp_path / "in", lines), "--out", tmp_path / "out")
    assert done.code == 0, done.printed
    for answer, text in zip(read_lines(tmp_path / "out"), examples.values(), strict=True):
        cited = [f"[{one['n']}] {one['source_id']}  {one['quote']}" for one in answer["citations"]]
        printed = "\n".join([answer["answer"], *cited])
        pieces = [piece.strip() for line in text.splitlines() for piece in line.split("…")]
        assert [piece for piece in pieces if piece not in printed] == [], printed


def test_ablate_sets_an_arm_beside_what_ships(budongi: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "rows.json"
    done = budongi("eval", "ablate", "--limit", "1", "--arm", "no shared facts", "--json", "--out", out)
    (rows,) = done.rows()
    assert [row["name"] for row in rows["rows"]] == ["as it ships", "no shared facts"]
    assert json.loads(out.read_text("utf-8")) == rows


def test_judge_counts_how_often_a_model_judges_as_the_person_did(budongi: CommandLine) -> None:
    server = FakeServer()
    server.responses = [spoken("YES")]
    try:
        done = budongi(
            *("eval", "judge", "--model", "openai:judge", "--limit", "4"),
            OPENAI_BASE_URL=f"{server.address}/v1",
            OPENAI_API_KEY="any",
        )
    finally:
        server.close()
    assert done.code == 0, done.printed
    assert re.search(r"\d of 4\b", done.stdout), done.stdout
    assert len([path for path, _, _ in server.requests if path.endswith("/chat/completions")]) >= 4


def test_labels_are_judged_as_the_person_did(budongi: CommandLine) -> None:
    (told,) = budongi("eval", "labels", "--json").rows()
    assert [(row["pairs"], row["total"]) for row in told["agreement"] if row["pairs"] == "all"] == [("all", 508)]


def test_readout_scores_each_field(budongi: CommandLine) -> None:
    (told,) = budongi("eval", "readout", "--limit", "4", "--json").rows()
    assert told["questions"] == 4
    assert {"domain", "entities", "filters", "all"} <= set(told["scores"])


def test_documents_are_rendered_as_the_assistant_reads_them(budongi: CommandLine, tmp_path: Path) -> None:
    done = budongi("ingest", "render", ROOT / "ingest" / "samples" / "faq", "--out", tmp_path / "pages")
    assert done.code == 0, done.printed
    pages = list((tmp_path / "pages").rglob("*.md"))
    assert len(pages) > 10
    assert all(page.read_text("utf-8").strip() for page in pages)


def test_what_became_of_drafts_is_told(budongi: CommandLine) -> None:
    (told,) = budongi("inquiries", "stats", "--json").rows()
    assert told, told


def test_prompts_that_the_gate_passed_are_released_and_left_again(budongi: CommandLine, tmp_path: Path) -> None:
    """As eval/README.md shows it, from a baseline of one case."""
    suite = tmp_path / "one.jsonl"
    suite.write_text(suite_path("smoke").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    baseline, verdict = tmp_path / "baseline.json", tmp_path / "verdict.json"
    said = ("--suite", suite, "--model", "none", "--reason", "first")
    accepted = budongi("eval", "accept", "--baseline", baseline, *said)
    assert accepted.code == 0, accepted.printed
    gated = budongi("eval", "gate", "--baseline", baseline, "--out", verdict)
    assert gated.code == 0, gated.printed
    home = CommandLine(tmp_path / "home")  # releases are kept in it: the samples' own stays as it is
    released = home("prompts", "release", "--gate", verdict, "--reason", "as good")
    assert released.code == 0, released.printed
    assert re.search(r"released [0-9a-f]{12}", released.stdout)
    back = home("prompts", "rollback")
    assert (back.code, back.stdout) == (0, "back to the prompts that ship, from the next start on\n")
