"""Who may log in: hashed, checked, and told nobody."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.entrypoints import accounts as accounts_module
from assistant.entrypoints.accounts import (
    FAILURE_SECONDS,
    MOST_FAILURES,
    LockedOut,
    read_accounts,
    session_secret,
    write_account,
)
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
    assert {name: one.role for name, one in accounts.people.items()} == {"lee": "user", "kim": "admin"}
    assert accounts.people["lee"].digest != accounts.people["kim"].digest
    assert accounts.check("kim", PASSWORD) is None


def test_a_name_is_locked_for_a_while_whether_it_is_known_or_not(users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried meanwhile, the right password too, makes it no longer: it opens when the first try is old."""
    now = 1000.0
    monkeypatch.setattr(time, "time", lambda: now)
    accounts = read_accounts(users)
    for name in ("kim", "nobody"):
        for _ in range(MOST_FAILURES):
            assert accounts.check(name, "wrong") is None
    for left in range(FAILURE_SECONDS, 0, -30):
        for name in ("kim", "nobody"):
            with pytest.raises(LockedOut) as locked:
                accounts.check(name, PASSWORD)
            assert locked.value.seconds == left
        now += 30
    now += 1
    assert accounts.check("kim", PASSWORD) == "agent"
    assert accounts.check("nobody", PASSWORD) is None


def test_many_guesses_at_once_are_no_more_than_one_after_another(users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = read_accounts(users)
    looked_at: list[str] = []

    def matches(password: str, stored: str) -> bool:
        looked_at.append(stored)
        with suppress(LockedOut):  # another guess, while this one is being looked at
            accounts.check("kim", password)
        return False

    monkeypatch.setattr(accounts_module, "_matches", matches)
    assert accounts.check("kim", "wrong") is None
    assert len(looked_at) == MOST_FAILURES


def test_right_password_makes_up_for_wrong_ones(users: Path) -> None:
    accounts = read_accounts(users)
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            assert accounts.check("kim", "wrong") is None
        assert accounts.check("kim", PASSWORD) == "agent"


def test_somebody_of_a_proxy_has_no_password(users: Path) -> None:
    users.write_text("kim:user:*\n", encoding="utf-8")
    assert read_accounts(users).check("kim", "*") is None


def test_the_file_counts_as_it_is_now(users: Path) -> None:
    accounts = read_accounts(users)
    write_account(users, "lee", "user", PASSWORD)
    assert accounts.check("lee", PASSWORD) == "user"
    write_account(users, "lee", "admin", PASSWORD)
    assert accounts.role("lee") == "admin"
    users.write_text("".join(line for line in users.read_text().splitlines(True) if not line.startswith("lee")))
    assert accounts.role("lee") is None
    assert accounts.check("lee", PASSWORD) is None


@pytest.mark.parametrize("broken", [b"", b"kim:boss:a$b\n", b"\xff\xfe", None])
def test_a_file_that_breaks_takes_nothing_from_anybody_and_is_told_once(
    users: Path, caplog: pytest.LogCaptureFixture, broken: bytes | None
) -> None:
    accounts, whole = read_accounts(users), users.read_bytes()
    users.unlink() if broken is None else users.write_bytes(broken)
    assert [accounts.role("kim") for _ in range(3)] == ["agent"] * 3
    assert accounts.role("boss") is None
    assert accounts.check("kim", PASSWORD) == "agent"
    assert len(caplog.records) == 1
    assert "budongi user" in caplog.text
    users.write_bytes(whole.replace(b"agent", b"admin"))
    assert accounts.role("kim") == "admin"


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
