"""Who may log in: a file of names, roles and salted password hashes, one person a line (``NAME:ROLE:HASH``)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

from assistant.entrypoints.rates import Rate
from assistant.errors import SettingsError

logger = logging.getLogger(__name__)

AccountRole = Literal["user", "agent", "admin"]
LEAST_PASSWORD: Final = 10  # letters
# scrypt with 16 MiB, a few hundredths of a second: RFC 7914; OWASP Password Storage Cheat Sheet (N=2^14, r=8, p=5).
_COST: Final = {"n": 2**14, "r": 8, "p": 5}
# So many tries at a name's password within so many seconds; the next is made when the first of them is older.
MOST_FAILURES: Final = 5
FAILURE_SECONDS: Final = 300


class LockedOut(Exception):
    """A name's password was wrong too often of late; it is looked at again in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked for {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the file. A ``digest`` of ``*`` is of somebody whom a proxy lets in."""

    role: AccountRole
    digest: str


@dataclass
class Accounts:
    """The people of one file by name, as it is now: it is read again whenever it has changed.

    ``path`` None: these people, for good. Safe to use from several threads.
    """

    people: Mapping[str, Person]
    path: Path | None = None
    _version: tuple[int, ...] | None = None
    _failures: Rate = field(default_factory=lambda: Rate(MOST_FAILURES, FAILURE_SECONDS))

    def role(self, name: str) -> AccountRole | None:
        """The person's role; None for somebody who is not in the file, or is not any more."""
        person = self._now().get(name)
        return person.role if person else None

    def check(self, name: str, password: str) -> AccountRole | None:
        """The person's role; None for an unknown name or a wrong password.

        Raises:
            LockedOut: too many of them; the password is not looked at, and the lock gets no longer by trying.
        """
        # A try fails until it is known to be right: many at once are no more than one after another.
        tried = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()  # as long as any other, whatever is sent
        if wait := self._failures.wait(tried):
            raise LockedOut(wait)
        # An unknown name takes as long as a known one, and is locked as it is, so that nobody learns which there are.
        person = self._now().get(name)
        if not _matches(password, person.digest if person else _NOBODY) or person is None:
            return None
        self._failures.forget(tried)
        return person.role

    def _now(self) -> Mapping[str, Person]:
        """The people of the file; where it cannot be read, those of when it last could: an error is no removal."""
        if self.path is None or (version := _version(self.path)) == self._version:
            return self.people
        self._version = version  # taken before the file is read, and also of one that is broken: that is said once
        try:
            self.people = _read_people(self.path)
        except SettingsError as error:
            logger.error("%s Until then, those may log in who were in it before.", error)
        return self.people


def read_accounts(path: Path) -> Accounts:
    """The accounts of a file.

    Raises:
        SettingsError: the file cannot be read, a line is none, or nobody is in it.
    """
    version = _version(path)
    return Accounts(_read_people(path), path, _version=version)


def _version(path: Path) -> tuple[int, ...] | None:
    """Another one than before: the file has been written or replaced. Microseconds, so that each request may ask."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _read_people(path: Path) -> dict[str, Person]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"BUDONGI_AUTH_USERS names {path}, which cannot be read "
            f"({error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}). Add somebody with "
            "`budongi user NAME`, or unset it."
        ) from None
    people = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition(":")
        role, _, digest = rest.partition(":")
        known = next((one for one in get_args(AccountRole) if one == role), None)
        if not name or known is None or not (digest == "*" or digest.count("$") == 1):
            raise SettingsError(
                f"{path}, line {number}: this is no account. Write NAME:ROLE:HASH as `budongi user NAME` "
                f"does, with a role of {', '.join(get_args(AccountRole))}."
            )
        people[name] = Person(known, digest)
    if not people:
        raise SettingsError(f"{path} holds nobody who may log in. Add somebody with `budongi user NAME`.")
    return people


def write_account(path: Path, name: str, role: AccountRole, password: str) -> None:
    """Add somebody to the file, or give them another role and password. Only the file's owner may read it.

    Raises:
        SettingsError: the name or the password cannot be used.
    """
    if not name.strip() or ":" in name or name.startswith("#") or not name.isprintable():
        raise SettingsError(f"{name!r} is no name for an account; leave out ':' and a '#' at its beginning.")
    if len(password) < LEAST_PASSWORD:
        raise SettingsError(f"A password needs at least {LEAST_PASSWORD} letters; this one has {len(password)}.")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.partition(":")[0] != name]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(
            "".join(f"{line}\n" for line in [*kept, f"{name}:{role}:{_hashed(password, secrets.token_bytes(16))}"])
        )
    beside.replace(path)


def session_secret(path: Path) -> str:
    """The key that sessions are signed with: made once and kept, so that a restart logs nobody out."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _hashed(password: str, salt: bytes) -> str:
    digest = hashlib.scrypt(password.encode(), salt=salt, maxmem=2**26, **_COST)
    return "$".join(base64.b64encode(part).decode() for part in (salt, digest))


def _matches(password: str, stored: str) -> bool:
    if stored == "*":
        return False
    salt = base64.b64decode(stored.partition("$")[0])
    return hmac.compare_digest(_hashed(password, salt), stored)


_NOBODY: Final = "AAAAAAAAAAAAAAAAAAAAAA==$"
