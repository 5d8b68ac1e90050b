"""`budongi eval run` on the sample corpus, and what it says of a store that cannot be measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from shipped import PROMPTS

from assistant.settings import Settings
from eval.cli.commands import evaluate
from eval.data.cases import DATASETS, load, suite_path
from ingest.cli import ingest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return configured(tmp_path / "home", monkeypatch)


def configured(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUDONGI_HOME", str(home))
    monkeypatch.setenv("BUDONGI_CHAT_MODEL", "none")
    monkeypatch.delenv("BUDONGI_DATABASE_URL", raising=False)
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(evaluate, ["run", *arguments])


def suite(folder: Path, *changes: dict[str, Any]) -> Path:
    """The first case of the smoke suite, once for each change of it."""
    case = json.loads(suite_path("smoke").read_text(encoding="utf-8").splitlines()[0])
    path = folder / "small.jsonl"
    path.write_text("".join(json.dumps({**case, **change}) + "\n" for change in changes), encoding="utf-8")
    return path


def test_the_smoke_suite_runs_to_its_end(samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configured(samples, monkeypatch)
    done = run("--json", "--out", str(tmp_path / "outcomes.jsonl"))
    assert done.exit_code == 0, done.output
    summed = json.loads(done.stdout)
    cases = load(DATASETS / "smoke.jsonl")
    assert summed["accuracy"]["all"]["total"] == len(cases)
    low, high = summed["accuracy"]["all"]["interval_95"]
    assert low <= summed["accuracy"]["all"]["share"] <= high
    outcomes = [json.loads(line) for line in (tmp_path / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [outcome["id"] for outcome in outcomes] == [case.id for case in cases]
    assert sum(outcome["right"] for outcome in outcomes) == summed["accuracy"]["all"]["right"]
    assert all(outcome["right"] is not bool(outcome["problems"]) for outcome in outcomes)


def test_a_wrong_expectation_is_reported_with_the_answer(
    samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The measure must be able to fail: the same question, with the right month and with another."""
    configured(samples, monkeypatch)
    right = {"facts": [["month:2026-01"]], "entities_all": ["2023000540"]}
    done = run(
        "--suite", str(suite(tmp_path, {}, {"id": "false-gold", "expect": {**right, "facts": [["month:2026-02"]]}}))
    )
    assert done.exit_code == 0, done.output
    assert "all                        1 of 2" in done.output
    assert "false-gold\n  Q: 철산자이 브리에르" in done.output
    assert "✗  does not say month:2026-02" in done.output


def test_an_empty_store_cannot_be_measured(home: Path) -> None:
    done = run()
    assert done.exit_code == 1
    assert "error: Nothing has been ingested yet" in done.output
    assert home.exists()


def test_another_corpus_cannot_be_measured(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# 안내\n주차는 되지 않습니다.\n", encoding="utf-8")
    assert CliRunner().invoke(ingest, [str(note)]).exit_code == 0
    done = run()
    assert done.exit_code == 1
    assert "error: The evaluation needs just the 212 notices of the sample corpus; the store lacks 212" in done.output
    assert home.exists()


def test_a_suite_that_is_not_there_is_named(home: Path) -> None:
    done = run("--suite", "nightly")
    assert done.exit_code == 1
    assert "error: nightly: there is no such suite." in done.output
    assert not home.exists()


def test_the_retrieval_questions_are_searched_and_summed_up(
    samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configured(samples, monkeypatch)
    arguments = ["retrieval", "--limit", "4", "--json", "--out", str(tmp_path / "outcomes.jsonl")]
    done = CliRunner().invoke(evaluate, arguments)
    assert done.exit_code == 0, done.output
    summed = json.loads(done.stdout)
    outcomes = [json.loads(line) for line in (tmp_path / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert summed["questions"] == len(outcomes) == summed["slices"]["all"]["questions"] >= 20
    assert summed["slices"]["all"]["recall_at_5"]["mean"] == pytest.approx(
        sum(outcome["recall_at_5"] for outcome in outcomes) / len(outcomes), abs=1e-4
    )
    assert summed["slices"]["all"]["recall_at_5"]["mean"] > 0.5
    # The second run needs no embedding, and finds the same.
    monkeypatch.setattr("assistant.adapters.embeddings.models.LocalEmbedding.embed_query", None)
    assert CliRunner().invoke(evaluate, arguments).stdout == done.stdout


def test_the_search_in_memory_is_the_search_of_the_store(samples: Path) -> None:
    """The ablation takes apart what ships, and nothing else."""
    from assistant.adapters.embeddings.models import calibration_questions
    from assistant.bootstrap import open_assistant
    from assistant.domain import Filters, Question
    from assistant.ports import SearchRequest
    from eval.ablation.memory_search import MemoryIndex, shipped
    from eval.ablation.search_parts import query_means
    from eval.ablation.searches import stored_vectors
    from eval.search.cases import load_searches
    from ingest.reading import SAMPLES, read_documents

    documents, _ = read_documents(PROMPTS, [SAMPLES], progress=False)
    texts = [chunk.text for document in documents for chunk in document.chunks]
    with open_assistant(Settings(home=samples), chat=False) as assistant:
        stored = stored_vectors(Settings(home=samples), documents)
        vectors = np.stack([stored[text] for text in texts])
        means = query_means(assistant.embedding, calibration_questions())
        index = MemoryIndex(documents, vectors, means, assistant.tokenizer.terms)
        for case in load_searches(pairs=30)[::7]:
            understanding, _ = assistant.search(Question(case.question))
            request = SearchRequest(
                vector=assistant.embedding.embed_query(case.question),
                terms=assistant.tokenizer.terms(case.question),
                language=understanding.language,
                filters=Filters(),
                domains=("housing", "faq") if case.kind == "faq" else ("housing",),
                limit=10,
            )
            there, here = assistant.store.search(request), index.search(request, shipped)
            scores = {result.chunk_id: result.score for result in here}
            for result in there[:8]:
                assert scores.get(result.chunk_id, here[-1].score) == pytest.approx(result.score, abs=1e-3)


def test_the_gate_passes_what_was_accepted_and_blocks_a_search_that_finds_nothing(
    samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from assistant.answering.turn import Assistant
    from assistant.retrieval.retriever import Retrieval
    from eval.search import store as search_store

    few = search_store.load_searches(pairs=4)
    monkeypatch.setattr(search_store, "load_searches", lambda **_: few)
    configured(samples, monkeypatch)
    baseline = str(tmp_path / "baseline.json")
    gate = ["gate", "--retrieval", "--baseline", baseline]
    accept = ["accept", "--retrieval", "--baseline", baseline, "--reason", "first"]
    assert CliRunner().invoke(evaluate, gate).exit_code == 3
    assert CliRunner().invoke(evaluate, accept).exit_code == 0
    done = CliRunner().invoke(evaluate, gate)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "pass")
    search = Assistant.search
    monkeypatch.setattr(Assistant, "search", lambda *given, **named: (search(*given, **named)[0], Retrieval(())))
    done = CliRunner().invoke(evaluate, gate)
    assert (done.exit_code, done.output.splitlines()[-1]) == (2, "block")


def test_the_datasets_that_ship_are_fit_to_measure_with() -> None:
    done = CliRunner().invoke(evaluate, ["lint"])
    assert done.exit_code == 0, done.output


def test_answers_that_got_worse_are_blocked(samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The gate asks what the baseline names, whatever the setting; then the assistant forgets its documents."""
    from assistant.answering.evidence_finder import Finder
    from assistant.answering.turn import Assistant
    from assistant.retrieval.retriever import Retrieval

    configured(samples, monkeypatch)
    baseline = str(tmp_path / "baseline.json")
    accept = ["accept", "--baseline", baseline, "--model", "none", "--limit", "12", "--reason", "first"]
    done = CliRunner().invoke(evaluate, accept)
    assert done.exit_code == 0, done.output
    monkeypatch.setenv("BUDONGI_CHAT_MODEL", "local")
    gate = ["gate", "--baseline", baseline, "--out", str(tmp_path / "verdict.json")]
    with monkeypatch.context() as nothing_to_ask:
        nothing_to_ask.setattr(Assistant, "ask", None)
        done = CliRunner().invoke(evaluate, gate)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "pass"), done.output
    monkeypatch.setattr(Finder, "retrieve", lambda *_: Retrieval(()))
    monkeypatch.setattr("eval.running.suite_run.code_hash", lambda: "changed")
    done = CliRunner().invoke(evaluate, gate)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (2, "block"), done.output
    assert json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8"))["verdict"] == "block"
