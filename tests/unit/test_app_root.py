"""The folder Chainlit runs in, and the addresses the chat may be served on."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from assistant.entrypoints.chat.app_root import without_external_links, write_app_root
from assistant.entrypoints.server import serve
from assistant.errors import SettingsError
from assistant.settings import Settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_app_root(tmp_path / "chat")
    return tmp_path / "chat"


def test_page_names_no_other_host(root: Path) -> None:
    page = (root / "frontend" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"https?://", page)
    assert '<script type="module"' in page, "more was taken out than links"


def test_only_links_to_other_hosts_are_taken_out() -> None:
    page = '<link rel="x"\n href="https://fonts.example/a.css"\n/><link href="/assets/a.css"><a href="https://b.example">b</a>'
    assert without_external_links(page) == '<link href="/assets/a.css"><a href="https://b.example">b</a>'


def test_defaults_are_safe(root: Path) -> None:
    config = tomllib.loads((root / ".chainlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["project"]["allow_origins"] == []
    assert config["features"]["unsafe_allow_html"] is False
    assert config["features"]["spontaneous_file_upload"]["enabled"] is False
    assert config["features"]["mcp"]["enabled"] is False


def test_korean_and_english_translations_are_whole_and_ours(root: Path) -> None:
    folder = root / ".chainlit" / "translations"
    korean = json.loads((folder / "ko-KR.json").read_text(encoding="utf-8"))
    assert korean["navigation"]["header"]["readme"] == "사용 안내"
    assert korean["common"]["actions"]["cancel"] == "취소"
    assert (folder / "ko.json").read_bytes() == (folder / "ko-KR.json").read_bytes()
    assert "사용 안내" in (root / "chainlit_ko-KR.md").read_text(encoding="utf-8")


def test_what_an_earlier_run_left_is_removed(root: Path) -> None:
    left = root / ".files" / "session" / "evidence.txt"
    left.parent.mkdir(parents=True)
    left.write_text("old")
    write_app_root(root)
    assert not left.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.4", "budongi.example"])
def test_other_computers_cannot_be_served_without_a_login(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match=r"without a login|no address of this computer"):
        serve(Settings(home=tmp_path), host=host)


def test_header_that_anybody_could_send_does_not_open_the_chat_to_others(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("kim:user:*\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="without BUDONGI_AUTH_HEADER"):
        serve(Settings(home=tmp_path, auth_users=users, auth_header="X-User"), host="0.0.0.0")
