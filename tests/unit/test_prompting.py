"""Prompt files, and how examples are chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from shipped import PROMPTS

from assistant.answering import prompting
from assistant.answering.ablation_switches import Ideas
from assistant.domain import Evidence, Understanding
from assistant.language.text import squeeze
from prompts import files
from prompts.loader import Prompts
from vocabularies import tokenizer

REPOSITORY = Path(__file__).parents[2]
FRONT = "---\nstage: detail\ndomain: housing\nlanguage: ko\nexamples: []\n---\n"
# Names and figures of the examples, which are invented: none may occur in what the assistant knows or is asked.
INVENTED = (
    *("한빛채", "푸른채", "가람채", "노을재", "은새움공원", "달여울공원", "샛별나루", "솔너울", "21호선", "모아청약"),
    *("새움공급", "다빛지구", "다빛대출", "Hanbitchae", "Pureunchae", "Garamchae", "Saetbyeolnaru", "Line 21"),
)


def every_example() -> Iterator[tuple[str, files.Example, str]]:
    for stage in prompting.STAGES:
        for id_, both in PROMPTS.examples(stage).items():
            for language, example in both.items():
                yield id_, example, language


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no front matter", "line 1: begins without front matter"),
        (FRONT.replace("domain", "domian"), "line 3: unknown key 'domian'"),
        (FRONT.replace("domain: housing\n", ""), "line 2: the key 'domain' is missing"),
        (FRONT.replace("examples: []", "examples: ["), "the front matter is no YAML"),
        (FRONT + "$role\nRules\nof $who", "line 9: unknown variable $who. Known: $role"),
        (FRONT + "it costs 3 $ a month", "line 7: a $ begins no variable"),
    ],
)
def test_what_is_wrong_with_a_prompt_file_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(files.PromptFileError, match=r"^prompts/stages/x\.md, line \d+: ") as told:
        files.parse_prompt("prompts/stages/x.md", "stages", text)
    assert fault in str(told.value)


def test_a_variable_without_a_value_is_an_error() -> None:
    with pytest.raises(files.PromptFileError, match=r"\$role was given no value"):
        files.parse_prompt("prompts/stages/x.md", "stages", FRONT + "$role").render()


@pytest.mark.parametrize("stage", [*prompting.STAGES, prompting.GENERAL])
@pytest.mark.parametrize("role", ["user", "agent"])
def test_every_prompt_renders_the_same_bytes_each_time_and_its_own(role: str, stage: str) -> None:
    for language in ("ko", "en"):
        prompt = prompting.build(PROMPTS, role, language, (), "", stage=stage)  # type: ignore[arg-type]
        assert prompt == prompting.build(Prompts.read(), role, language, (), "", stage=stage)  # type: ignore[arg-type]
        assert prompt.system.startswith(PROMPTS.file(f"roles/{role}-{language}.md").body)
        assert len(prompt.examples) == 3
        assert "$" not in prompt.system
    versions = {prompting.build(PROMPTS, "user", "ko", (), "", stage=each).version for each in prompting.STAGES}
    assert len(versions) == len(prompting.STAGES)


def test_every_answer_of_an_example_copies_what_it_cites() -> None:
    for id_, example, _ in every_example():
        assert example.answer.count("[") >= 1, id_
        for number, quote in enumerate(example.evidence, start=1):
            lines = [part for part in example.answer.replace("] ", "]\n").splitlines() if part.endswith(f"[{number}]")]
            for line in lines:
                said = line.removeprefix("- ").removesuffix(f" [{number}]").rstrip(".")
                held = squeeze(quote)
                assert squeeze(said) in held or all(squeeze(word) in held for word in said.split()), (id_, line)


def test_names_of_examples_are_nowhere_in_what_is_known_or_asked() -> None:
    """Else an example would leak into answers, or a test question would be in the prompt."""
    folders = [REPOSITORY / "ingest/samples", REPOSITORY / "eval/datasets"]
    known = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".csv", ".jsonl", ".md", ".yaml")
    )
    assert not [name for name in INVENTED if name in known]
    questions = {
        squeeze(json.loads(line).get("question", ""))
        for path in (REPOSITORY / "eval/datasets").rglob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    for id_, example, _ in every_example():
        assert squeeze(example.question) not in questions, id_
        whole = " ".join((*example.evidence, example.answer))
        assert any(name in whole for name in INVENTED) or "Moa" in whole or "abit" in whole or "Saeum" in whole, id_


def test_examples_most_like_the_question_stand_next_to_it() -> None:
    def chosen(question: str, ideas: Ideas = prompting.ALL_IDEAS) -> tuple[tuple[str, str], ...]:
        terms = tokenizer().terms
        return prompting.build(PROMPTS, "user", "ko", (), question, ideas, stage="detail", similar=terms).examples

    assert "경쟁" in chosen("나래뷰 경쟁 얼마나 셌어")[-1][0]
    assert "발표" in chosen("나래뷰 당첨자 발표 언제")[-1][0]
    assert len(chosen("나래뷰 당첨자 발표 언제", Ideas(examples="one"))) == 1
    versions = {
        prompting.build(PROMPTS, "user", "ko", (), question, stage="detail", similar=tokenizer().terms).version
        for question in ("경쟁률은?", "발표는?")
    }
    assert len(versions) == 1


def test_examples_keep_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompting, "EXAMPLE_TOKENS", 250)
    few = prompting.build(PROMPTS, "user", "ko", (), "경쟁률은?", stage="detail", similar=tokenizer().terms).examples
    assert len(few) == 1


def test_evidence_on_rules_gets_examples_on_rules() -> None:
    entry = Evidence(1, "faq:1", "1", "faq:1#1", "", "", "faq", "됩니다.", "됩니다.")
    home = Evidence(1, "housing:1", "1", "housing:1#1", "", "", "price", "3억원입니다.", "3억원입니다.")
    asked = Understanding("통장 해지하면?", "ko", None, "explore")
    assert prompting.stage_of(asked, [entry], Ideas()) == "howto"
    assert prompting.stage_of(asked, [home], Ideas()) == "explore"
    assert prompting.stage_of(asked, [home], Ideas(narrowing=False)) == "general"
