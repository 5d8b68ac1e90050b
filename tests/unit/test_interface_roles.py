"""What the person behind a page may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.entrypoints.accounts import AccountRole
from assistant.entrypoints.chat.access import role_of


@dataclass
class Person:
    metadata: Mapping[str, Any]


@pytest.mark.parametrize(
    ("metadata", "role"),
    [({"role": "agent"}, "agent"), ({}, "user"), ({"role": "root"}, "user")],
    ids=["as the account says", "without a role", "with one that there is not"],
)
def test_role_is_that_of_the_account(metadata: Mapping[str, Any], role: AccountRole) -> None:
    assert role_of(Person(metadata)) == role


def test_owner_of_the_computer_may_do_everything() -> None:
    assert role_of(None) == "admin"
