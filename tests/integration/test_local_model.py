"""The local chat model for real: weights, llama.cpp child process, cached prefixes, and everything that can die."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from fixtures_local_model import with_nothing_read

from assistant.adapters.chat.llama_process import STARTS_ALLOWED, LlamaProcess
from assistant.adapters.chat.local_model import LocalChatModel, open_local_model
from assistant.adapters.chat.registry import check_chat_model
from assistant.domain import Usage
from assistant.errors import ModelError, ModelFileError, ModelRefused, ModelUnavailable
from assistant.ports import Prompt
from assistant.settings import Settings

SYSTEM = "You answer questions about flats. " + " ".join(
    f"Rule {number}: 근거에 있는 말만 쓴다." for number in range(1, 9)
)
EXAMPLES = (("When is flat B ready?\n[1] 나래아파트는 2026년 5월 입주다.", "2026년 5월 [1]"),)


def ask(text: str, *, system: str = SYSTEM) -> Prompt:
    return Prompt(system=system, examples=EXAMPLES, user=text, version="test")


def answer(model: LocalChatModel, prompt: Prompt, *, max_tokens: int = 12) -> tuple[str, Usage]:
    deltas = list(model.stream(prompt, max_tokens=max_tokens))
    assert [delta.usage is not None for delta in deltas] == [False] * (len(deltas) - 1) + [True]
    assert deltas[-1].usage is not None
    return "".join(delta.text for delta in deltas), deltas[-1].usage


@pytest.fixture(scope="module")
def settings(local_model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = with_nothing_read(local_model_home, tmp_path_factory.mktemp("home"))
    return Settings(home=home, turn_timeout=120)


@pytest.fixture(scope="module")
def model(settings: Settings) -> Iterator[LocalChatModel]:
    model = open_local_model(settings)
    yield model
    model.close()


@pytest.fixture
def cached_tokens(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """How many tokens of the last prompt the server did not have to read, by its own count."""
    caplog.set_level(logging.INFO, logger="assistant.adapters.chat.completions")

    def last() -> int:
        args = caplog.records[-1].args
        assert isinstance(args, tuple)
        assert isinstance(args[2], int)
        return args[2]

    return last


def prefix_files(settings: Settings) -> list[Path]:
    return sorted((settings.home / "models" / "prefixes").glob("*.bin"))


def busy(model: LocalChatModel) -> bool:
    """Whether the server is generating, by its own account."""
    endpoint = model.process.ready()
    found = httpx.get(
        f"http://127.0.0.1:{endpoint.port}/slots", headers={"Authorization": f"Bearer {endpoint.api_key}"}, timeout=30
    )
    return any(slot["is_processing"] for slot in found.json())


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_short_answer_is_streamed_with_usage(model: LocalChatModel) -> None:
    prompt = ask("What is the capital of South Korea? One word.", system="You answer in one word.")
    text, usage = answer(model, prompt)
    assert "Seoul" in text or "서울" in text
    assert usage.input_tokens > 40
    assert 0 < usage.output_tokens <= 12
    assert model.name == "local:qwen2.5-coder-1.5b-instruct-q4_k_m"


def test_the_static_part_is_read_once(
    model: LocalChatModel, settings: Settings, cached_tokens: Callable[[], int]
) -> None:
    model.warm([ask("")])
    _, empty = answer(model, ask("x"), max_tokens=1)
    static = empty.input_tokens - 8  # what follows it: the question and the template's ending
    for question in ("가람아파트의 입주는 언제인가?", "Is there a park?", "[1] 다솜아파트는 512세대이다."):
        answer(model, ask(question), max_tokens=2)
        assert cached_tokens() >= static
    # Another prompt takes the slot; the first one comes back from its file.
    answer(model, ask("x", system="Something else."), max_tokens=2)
    assert cached_tokens() < static
    answer(model, ask("Is there a school?"), max_tokens=2)
    assert cached_tokens() >= static
    assert len(prefix_files(settings)) >= 2


def test_a_new_process_restores_the_static_part_from_disk(
    model: LocalChatModel, settings: Settings, cached_tokens: Callable[[], int]
) -> None:
    model.warm([ask("")])
    before = prefix_files(settings)
    fresh = open_local_model(settings)
    try:
        _, usage = answer(fresh, ask("Is there a park?"), max_tokens=2)
    finally:
        fresh.close()
    assert cached_tokens() > usage.input_tokens - 20
    assert prefix_files(settings) == before


def test_a_prefix_file_that_is_broken_is_read_again(model: LocalChatModel, settings: Settings) -> None:
    model.warm([ask("")])
    for path in prefix_files(settings):
        path.write_bytes(path.read_bytes()[:100_000])  # as a full disk or a power cut leaves it
    fresh = open_local_model(settings)
    try:
        text, _ = answer(fresh, ask("Is there a park?"))
    finally:
        fresh.close()
    assert text
    assert max(path.stat().st_size for path in prefix_files(settings)) > 1_000_000  # and kept again


def test_a_prefix_file_that_llama_cpp_refuses_or_dies_of_is_read_again(
    model: LocalChatModel, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.warm([ask("")])
    for path in prefix_files(settings):
        path.write_bytes(path.read_bytes()[:100_000])
    fresh = open_local_model(settings)
    monkeypatch.setattr("assistant.adapters.chat.prefix_cache._digest", lambda path: path.stem.rpartition("-")[2])
    try:
        text, _ = answer(fresh, ask("Is there a park?"))
    finally:
        fresh.close()
    assert text


def test_closing_the_stream_stops_the_server(model: LocalChatModel) -> None:
    stream = model.stream(ask("Count from 1 to 1000 in words."), max_tokens=2000)
    assert next(stream).text
    stream.close()  # type: ignore[attr-defined]
    assert wait_until(lambda: not busy(model), 30)  # 2,000 tokens take over a minute


def test_questions_asked_at_once_are_all_answered(model: LocalChatModel) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(answer(model, ask("Is there a park?"))[0])) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(answers) == 3
    assert len(set(answers)) == 1


def test_who_waits_is_told_how_many_are_before(model: LocalChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    with model._line.question(), model._line.question():
        stream = model.stream(ask("Count."), max_tokens=5)
        assert next(stream).ahead == 2
        monkeypatch.setattr("assistant.adapters.chat.local_model.LONGEST_LINE", 0.0)
        with pytest.raises(ModelUnavailable, match="2 questions were still before this one"):
            next(stream)


def test_a_question_goes_before_what_is_read_in_the_background(model: LocalChatModel) -> None:
    text = " ".join(f"Article {number}: 청약 신청자는 모집공고일 현재 만 19세 이상이어야 한다." for number in range(16))
    long = ask("", system=text)
    reading = threading.Thread(target=model.warm, args=([long],))
    reading.start()
    assert wait_until(lambda: busy(model), 30)
    assert answer(model, ask("Is there a park?"), max_tokens=2)[0]
    assert model._prefixes.find(model._key(long)) is None  # it was given up
    reading.join(240)
    assert model._prefixes.find(model._key(long)) is not None  # and read when nobody asked


def test_a_prompt_beyond_the_context_is_an_error_not_a_hang(model: LocalChatModel) -> None:
    with pytest.raises(ModelError, match=r"longer than the chat model .* can read") as caught:
        answer(model, ask("가나다라 " * 4000))
    assert isinstance(caught.value, ModelRefused)  # the model is well: this one request was too much
    with pytest.raises(ModelError, match="fixed part alone"):
        answer(model, ask("x", system="가나다라 " * 4000))
    assert answer(model, ask("Is there a park?"))[0]


def test_a_killed_child_is_restarted(model: LocalChatModel) -> None:
    model.process.ready()
    first = model.process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert answer(model, ask("Is there a park?"))[0]
    assert model.process.pid not in (None, first)


def test_a_child_killed_in_the_middle_of_an_answer_is_an_error_and_the_next_question_works(
    model: LocalChatModel,
) -> None:
    stream = model.stream(ask("Count from 1 to 1000 in words."), max_tokens=500)
    next(stream)
    assert model.process.pid is not None
    os.kill(model.process.pid, signal.SIGKILL)
    with pytest.raises(ModelUnavailable):
        list(stream)
    assert answer(model, ask("Is there a park?"))[0]


def test_a_hanging_child_is_replaced(settings: Settings) -> None:
    hanging = open_local_model(settings)
    try:
        hanging.warm([])
        first = hanging.process.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        assert wait_until(lambda: psutil.Process(first).status() == psutil.STATUS_STOPPED, 5)
        assert answer(hanging, ask("Is there a park?"))[0]
        assert hanging.process.pid != first
        assert not psutil.pid_exists(first)
    finally:
        hanging.close()


def test_a_child_that_keeps_dying_is_given_up(settings: Settings) -> None:
    weights = next((settings.home / "models").glob("*.gguf"))
    process = LlamaProcess(
        weights, n_ctx=512, slot_folder=settings.home / "slots", log=settings.home / "logs" / "dying.log"
    )
    for _ in range(STARTS_ALLOWED):
        process.spawn()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        assert process.died(within=5)
    with pytest.raises(ModelUnavailable, match=r"stopped \d times.*dying\.log"):
        process.ready()


def test_the_child_ends_with_a_parent_that_is_killed(settings: Settings) -> None:
    program = (
        "import sys, time; from pathlib import Path; from assistant.settings import Settings\n"
        "from assistant.adapters.chat.local_model import open_local_model\n"
        "model = open_local_model(Settings(home=Path(sys.argv[1]))); model.warm([])\n"
        "print(model.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(settings.home)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert psutil.pid_exists(child)
        assert os.getsid(child) != os.getsid(parent.pid)  # Ctrl-C in the terminal reaches the parent alone
        parent.kill()
    assert wait_until(lambda: not psutil.pid_exists(child), 5)


def test_close_ends_the_child(settings: Settings) -> None:
    closing = open_local_model(settings)
    closing.warm([])
    child = closing.process.pid
    assert child is not None
    closing.close()
    assert not psutil.pid_exists(child)
    closing.close()
    with pytest.raises(ModelUnavailable, match="closed"):
        next(iter(closing.stream(ask("x"), max_tokens=1)))


@pytest.mark.parametrize("size", [5_000, 20_000_000])
def test_a_gguf_that_cannot_be_loaded_ends_in_llama_cpps_reason(size: int, settings: Settings, tmp_path: Path) -> None:
    whole = next((settings.home / "models").glob("*.gguf"))
    path = tmp_path / "broken.gguf"
    with whole.open("rb") as source:
        path.write_bytes(source.read(size))
    broken = open_local_model(Settings(home=tmp_path, chat_model=f"local:{path}"))
    try:
        for _ in range(STARTS_ALLOWED + 1):  # the same clear error every time
            with pytest.raises(ModelFileError, match=rf"llama\.cpp cannot load the chat model {path}: .{{10}}"):
                answer(broken, ask("x"))
    finally:
        broken.close()


def test_a_gguf_is_run_by_its_path(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "my-model.gguf"
    path.symlink_to(next((settings.home / "models").glob("*.gguf")))
    named = open_local_model(Settings(home=tmp_path, chat_model=f"local:{path}", turn_timeout=120))
    try:
        assert answer(named, ask("Is there a park?"))[0]
        assert named.name == "local:my-model"
    finally:
        named.close()


def test_doctor_reads_the_state_without_starting_anything(settings: Settings, tmp_path: Path) -> None:
    assert "verified" in check_chat_model(settings, Prompt("", (), "?", "test"), 8)
    assert "the first start writes 1.1 GB" in check_chat_model(Settings(home=tmp_path), Prompt("", (), "?", "test"), 8)
    assert not (tmp_path / "models").exists()
    with pytest.raises(ModelFileError, match="does not exist"):
        check_chat_model(
            Settings(home=tmp_path, chat_model=f"local:{tmp_path}/none.gguf"), Prompt("", (), "?", "test"), 8
        )
