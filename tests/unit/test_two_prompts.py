"""Prompts are a value: two sets of them answer in one process, each by its own words, whoever asks meanwhile."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from shipped import PROMPTS
from test_turn import MOVE_IN, NAME, FakeEmbedding, FakeStore, result

from assistant.adapters.prompt_releases import in_use
from assistant.answering.turn import Assistant
from assistant.domain import Answer, Question
from assistant.entrypoints.cli.prompts import prompts
from assistant.errors import PromptError
from assistant.settings import Settings
from prompts.loader import Prompts
from vocabularies import tokenizer, vocabulary

# File of the folder, what stands there, and what the other folder has in its place.
CHANGED = (
    ("messages.yaml", "도움이 되었다면 다행입니다.", "또 오세요."),
    ("stages/detail-ko.md", "짧고 공손한 한국어로", "짧고 다정한 한국어로"),
    ("facts/contract.yaml", "ko: 전매제한은 당첨된 뒤", "ko: 전매제한이란 당첨된 뒤"),
    ("facets.yaml", "ko: [입주 시기,", "ko: [집알이날, 입주 시기,"),
)
THANKS, TERM, ONE, WORD = "고마워요", "전매제한이 뭐야?", f"{NAME} 입주 언제야?", f"{NAME} 집알이날?"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Prompts:
    folder = tmp_path_factory.mktemp("prompts")
    for name, text in PROMPTS.texts.items():
        for file, held, instead in CHANGED:
            assert file != name or text.count(held) == 1
            text = text.replace(held, instead) if file == name else text
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Prompts.read(folder)


def told(answers: list[Answer]) -> list[tuple[str, str]]:
    return [(answer.text, answer.prompt_version) for answer in answers]


def test_two_sets_of_prompts_answer_side_by_side(other: Prompts) -> None:
    store = FakeStore([result(MOVE_IN)])
    one, two = (
        Assistant(
            store, FakeEmbedding(), tokenizer(), replace(vocabulary(), prompts=held), today=lambda: date(2031, 3, 1)
        )
        for held in (PROMPTS, other)
    )
    turns = [(assistant, Question(text)) for text in (THANKS, TERM, ONE, WORD) for assistant in (one, two)]
    answers = [assistant.ask(question) for assistant, question in turns]  # now the one, now the other
    first, second = answers[::2], answers[1::2]
    assert first[0].text == "도움이 되었다면 다행입니다. 더 궁금한 점이 있으면 언제든 물어봐 주세요."
    assert second[0].text == first[0].text.replace("도움이 되었다면 다행입니다.", "또 오세요.")
    assert first[1].text.startswith("전매제한은 당첨된 뒤")
    assert second[1].text.startswith("전매제한이란 당첨된 뒤")
    assert first[2].text == second[2].text == f"{MOVE_IN.ko} [1]"
    assert first[2].prompt_version != second[2].prompt_version, "the stage's text is another"
    assert not first[3].understanding.facets
    assert second[3].understanding.facets == ("move_in",)
    assert second[3].text == f"{MOVE_IN.ko} [1]"
    with ThreadPoolExecutor(max_workers=4) as threads:
        again = list(threads.map(lambda turn: turn[0].ask(turn[1]), turns * 3))
    assert told(again) == told(answers) * 3


def test_the_command_shows_the_prompts_of_the_folder_that_is_named_and_then_those_that_ship(
    other: Prompts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown() -> str:
        return CliRunner().invoke(prompts, ["show", "--stage", "detail"]).output

    before = shown()
    monkeypatch.setenv("BUDONGI_PROMPTS", str(other.folder))
    assert "짧고 다정한 한국어로" in shown()
    monkeypatch.delenv("BUDONGI_PROMPTS")
    assert shown() == before


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("words.yaml", "searching:\n  ko: [찾\n  en: [find]\n".encode(), r"words\.yaml, line 3: no YAML"),
        ("words.yaml", "가: 나".encode("cp949"), r"words\.yaml: byte 0 is no UTF-8"),
        ("stages/detail-ko.md", b"---\nstge: detail\n---\n", r"stages/detail-ko\.md, line 2: unknown key 'stge'"),
        ("examples/detail.yaml", b"- id: x\n", r"examples/detail\.yaml: example 1 has no 'ko'"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_name_and_line(
    other: Prompts, tmp_path: Path, file: str, content: bytes, fault: str
) -> None:
    shutil.copytree(other.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(PromptError, match=fault):
        in_use(Settings(home=tmp_path, prompts=tmp_path))
