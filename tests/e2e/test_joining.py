"""A local chat model that is not in place yet: the page and the API answer without it, and it joins as they run."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from chat_page import OpenPage
from chat_process import ChatProcess, chat_process
from conftest import LOCAL_START_SECONDS, START_SECONDS, up_command
from playwright.sync_api import expect

from assistant.adapters.chat.weights import QWEN_CODER_1_5B
from assistant.adapters.postgres.embedded.cluster import EmbeddedPostgres

QUESTION = "철산자이 더 헤리티지 입주 언제야?"


@contextmanager
def _being_assembled(models: Path) -> Iterator[Callable[[], None]]:
    """As while another budongi writes the weights; what is given ends it."""
    with (models / f"{QWEN_CODER_1_5B.file_name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lambda: fcntl.flock(lock, fcntl.LOCK_UN)


def _ask(chat: ChatProcess) -> Any:
    return httpx.post(f"{chat.url}/v1/ask", json={"question": QUESTION}, timeout=300).raise_for_status().json()


def test_page_answers_before_the_model_is_there_and_the_model_joins_it(
    composed_chat: ChatProcess,
    sample_home: Path,
    local_model_home: Path,
    tmp_path: Path,
    open_page: OpenPage,
) -> None:
    assert composed_chat.process.poll() is None, "the chat whose Postgres this one uses has ended"
    models, theirs = tmp_path / "models", local_model_home / "models"
    models.mkdir()
    (models / "prefixes").symlink_to(theirs / "prefixes")  # prompts are read once a machine
    environment = {
        "BUDONGI_HOME": str(tmp_path),
        "BUDONGI_DATABASE_URL": EmbeddedPostgres(sample_home).url,
        "BUDONGI_CHAT_MODEL": "local",
    }
    with (
        _being_assembled(models) as assembled,
        chat_process(up_command(), tmp_path, environment, START_SECONDS) as chat,
    ):
        before = _ask(chat)
        assert (before["model"], before["degraded"], before["abstained"]) == ("none", False, False)
        assert before["citations"]
        told = chat.model()
        assert (told["status"], told["step"]) == ("loading", "load")
        assert "언어 모델을 준비하고 있습니다" in told["told"]
        page = open_page(chat.url, "ko-KR")
        expect(page.page.get_by_role("status").filter(has_text="언어 모델을 준비하고")).to_be_visible()
        assert page.violations() == []
        assert "언어 모델이 아직 준비되지 않아" in page.ask(QUESTION)

        weights = theirs / QWEN_CODER_1_5B.file_name
        (models / weights.name).symlink_to(weights.resolve())
        shutil.copy2(f"{weights}.verified", models)
        assembled()
        chat.await_model(LOCAL_START_SECONDS)
        assert _ask(chat)["model"].startswith("local:")
        expect(page.page.locator("#model-loading")).to_have_count(0)
