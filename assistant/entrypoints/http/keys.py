"""The keys that programs show: ``BUDONGI_API_KEYS``, each with the name of the program that has it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, get_args

from assistant.domain import Role
from assistant.errors import SettingsError

LEAST_KEY: Final = 16  # characters; what a person would think up is guessed


@dataclass(frozen=True, slots=True)
class Keys:
    """Digests of the keys by name, so that a key itself is neither kept nor printed, and what each may do."""

    digests: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    roles: Mapping[str, Role] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.digests)

    def owner(self, authorization: str) -> str | None:
        """The name of the key in an ``Authorization`` header's value; None where it holds none of these."""
        scheme, _, key = authorization.partition(" ")
        given = _digest(key.strip())
        found = None
        # Every key is looked at whichever is right: how long it takes tells nothing.
        for name, digest in self.digests.items():
            if hmac.compare_digest(given, digest):
                found = name
        return found if scheme.lower() == "bearer" else None


def read_keys(text: str | None) -> Keys:
    """The keys of ``NAME:KEY,NAME:KEY:ROLE``; none of an empty text. A key without a role is an agent's.

    Raises:
        SettingsError: a part is no such pair, a name stands twice, or a key is short. The message holds no key.
    """
    digests: dict[str, bytes] = {}
    roles: dict[str, Role] = {}
    for number, part in enumerate(filter(None, map(str.strip, (text or "").split(","))), start=1):
        name, _, rest = (one.strip() for one in part.partition(":"))
        before, _, last = (one.strip() for one in rest.rpartition(":"))
        role = next((known for known in get_args(Role) if known == last and before), None)
        key = before if role else rest
        if not name or not key or name in digests:
            raise SettingsError(
                f"BUDONGI_API_KEYS, entry {number}: this is no name and key, or a name given twice. "
                "Write NAME:KEY,NAME:KEY:ROLE."
            )
        if len(key) < LEAST_KEY or not key.isascii():
            raise SettingsError(
                f"BUDONGI_API_KEYS: the key of {name!r} is shorter than {LEAST_KEY} characters, or not ASCII. "
                "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        digests[name], roles[name] = _digest(key), role or "agent"
    return Keys(digests, roles)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()
