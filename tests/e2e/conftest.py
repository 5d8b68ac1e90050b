"""A browser, a chat that plays a script, and the real one on the sample corpus."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess, chat_process
from held_model import HeldModel
from people import GUESSED, PASSWORD, PEOPLE, scripted_command
from pictures import Shoot, ignore_picture, take_picture
from playwright.sync_api import Browser, sync_playwright

from assistant.entrypoints.accounts import write_account

# Chromium's own chatter is switched off, so that a request to another host is the page's.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# The first start loads the sample corpus: a minute on two idle cores, much more on busy ones.
FIRST_START_SECONDS = 900
# Pages are opened there only to be pictured.
collect_ignore = [] if os.environ.get("BUDONGI_TEST_SCREENSHOTS") else ["test_pictures.py"]
START_SECONDS = 120
LOCAL_START_SECONDS = 300


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For the tests of one file: Playwright keeps an event loop running, beside which others cannot run theirs."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium is not installed (Debian and Ubuntu: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a chat's address in a fresh browser profile of a language: ``open_page(url, "ko-KR")``.

    ``echoes`` are sent right after each message, by themselves; an empty one is the message again. ``login`` is a name
    and a password; with a wrong one the page stays where it asks for them.

    In the end no page may have asked another computer for anything.
    """
    contexts = []
    pages = []

    def open_(
        url: str, locale: str, echoes: Sequence[str] = (), login: tuple[str, str] | None = None, width: int = 1280
    ) -> ChatPage:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = ChatPage(context.new_page())
        pages.append(page)
        if echoes:
            page.echo(echoes)
        page.open(url, login)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert {host for page in pages for host in page.hosts} <= {"127.0.0.1", ""}, "a page asked another computer"


@pytest.fixture(scope="session")
def scripted_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    """The chat with an assistant that plays a script: starts in seconds, needs no store."""
    script = Path(__file__).with_name("scripted_chat.py")
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("working-directory")
    with chat_process([sys.executable, str(script), str(home)], folder, {}, START_SECONDS) as chat:
        yield chat


@pytest.fixture(scope="session")
def login_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    """The scripted chat, served to all who can reach it and know the password of one of ``PEOPLE``."""
    folder, users = tmp_path_factory.mktemp("working-directory"), tmp_path_factory.mktemp("home") / "users"
    for name, role in {**PEOPLE, GUESSED: "user"}.items():
        write_account(users, name, role, PASSWORD)
    with chat_process(scripted_command(users), folder, {}, START_SECONDS) as chat:
        chat.url = chat.url.replace("0.0.0.0", "127.0.0.1")
        yield chat


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``BUDONGI_HOME`` that the first chat fills with the sample corpus and the next ones use.

    BUDONGI_TEST_HOME names one that is filled already.
    """
    filled = os.environ.get("BUDONGI_TEST_HOME")
    return Path(filled) if filled else tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def composed_chat(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    """``budongi up`` on the sample corpus without a chat model: answers composed from evidence."""
    with _budongi_up(sample_home, tmp_path_factory.mktemp("working-directory"), "none", FIRST_START_SECONDS) as chat:
        yield chat


@pytest.fixture(scope="session")
def local_chat(
    composed_chat: ChatProcess,
    sample_home: Path,
    local_model_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ChatProcess]:
    """``budongi up`` on the sample corpus with the real local model, beside the other chat on the same home."""
    assert composed_chat.process.poll() is None, "the chat whose start fills the home has ended"
    models = sample_home / "models"
    if not models.exists():
        models.symlink_to(local_model_home / "models")
    with _budongi_up(sample_home, tmp_path_factory.mktemp("working-directory"), "local", LOCAL_START_SECONDS) as chat:
        chat.await_model(LOCAL_START_SECONDS)
        yield chat


@pytest.fixture(scope="session")
def held_model() -> Iterator[HeldModel]:
    """A chat server on loopback that says nothing until it is let."""
    model = HeldModel()
    yield model
    model.close()


@pytest.fixture(scope="session")
def worded_chat(
    composed_chat: ChatProcess, sample_home: Path, held_model: HeldModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatProcess]:
    """``budongi up`` with ``held_model``, beside the chat that fills the home."""
    assert composed_chat.process.poll() is None, "the chat whose start fills the home has ended"
    folder = tmp_path_factory.mktemp("working-directory")
    with _budongi_up(sample_home, folder, "openai:held", START_SECONDS, **held_model.settings) as chat:
        yield chat


@pytest.fixture(scope="session")
def shoot() -> Shoot:
    """``shoot(page, "compare-ko")`` keeps a picture of the page; without BUDONGI_TEST_SCREENSHOTS it does nothing."""
    folder = os.environ.get("BUDONGI_TEST_SCREENSHOTS")
    return (lambda page, name, top=None: take_picture(page, Path(folder), name, top)) if folder else ignore_picture


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where pictures are wanted (``make screenshots``), only the tests that take some run."""
    if os.environ.get("BUDONGI_TEST_SCREENSHOTS"):
        taking = [item for item in items if "shoot" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in taking])
        items[:] = taking


def up_command() -> list[str]:
    """``budongi up`` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return [str(Path(sys.executable).with_name("budongi")), "up", "--port", str(port)]


def _budongi_up(
    home: Path, folder: Path, chat_model: str, timeout: float, **more: str
) -> AbstractContextManager[ChatProcess]:
    settings = {"BUDONGI_HOME": str(home), "BUDONGI_CHAT_MODEL": chat_model}
    return chat_process(up_command(), folder, settings | more, timeout)
