"""Who may log in: hashed, checked, and told nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import accounts as accounts_module
from assistant.accounts import MOST_FAILURES, read_accounts, session_secret, write_account
from assistant.errors import SettingsError

PASSWORD = "a long password 비밀"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time."""
    monkeypatch.setitem(accounts_module._COST, "n", 2)


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "users"
    write_account(path, "kim", "agent", PASSWORD)
    return path


def test_only_the_right_password_lets_in(users: Path) -> None:
    accounts = read_accounts(users)
    assert accounts.check("kim", PASSWORD) == "agent"
    assert accounts.check("kim", PASSWORD + " ") is None
    assert accounts.check("lee", PASSWORD) is None


def test_file_holds_no_password_and_is_its_owners_alone(users: Path) -> None:
    write_account(users, "lee", "user", PASSWORD)
    write_account(users, "kim", "admin", "another password")
    assert "password" not in users.read_text(encoding="utf-8")
    assert users.stat().st_mode & 0o077 == 0
    accounts = read_accounts(users)
    assert accounts.roles == {"lee": "user", "kim": "admin"}
    assert accounts.hashes["lee"] != accounts.hashes["kim"]
    assert accounts.check("kim", PASSWORD) is None


def test_guessing_is_stopped_after_a_few_wrong_passwords(users: Path) -> None:
    accounts = read_accounts(users)
    for _ in range(MOST_FAILURES):
        accounts.check("kim", "wrong")
    assert accounts.check("kim", PASSWORD) is None


def test_somebody_of_a_proxy_has_no_password(users: Path) -> None:
    users.write_text("kim:user:*\n", encoding="utf-8")
    assert read_accounts(users).check("kim", "*") is None


@pytest.mark.parametrize("line", ["kim:user", "kim:boss:a$b", ":user:a$b", "kim:user:plain"])
def test_line_that_is_no_account_is_named(users: Path, line: str) -> None:
    users.write_text(f"# people\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        read_accounts(users)


@pytest.mark.parametrize(("name", "password"), [("a:b", PASSWORD), (" ", PASSWORD), ("#a", PASSWORD), ("lee", "short")])
def test_account_that_cannot_be_is_refused(users: Path, name: str, password: str) -> None:
    with pytest.raises(SettingsError):
        write_account(users, name, "user", password)


def test_secret_is_kept_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret"
    assert len(session_secret(path)) >= 48
    assert session_secret(path) == session_secret(path)
    assert path.stat().st_mode & 0o077 == 0
