"""``budongi user``: let somebody log in to the chat."""

from __future__ import annotations

from typing import cast, get_args

import click

from assistant.entrypoints.accounts import AccountRole, write_account
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.errors import SettingsError


@click.command()
@click.argument("name")
@click.option(
    "--role", default="user", type=click.Choice(get_args(AccountRole)), show_default=True, help="What they are."
)
@click.password_option(help="Asked for where it is not given.")
@guarded
def user(name: str, role: str, password: str) -> None:
    """Let NAME log in to the chat, or change their role and password: writes the file of BUDONGI_AUTH_USERS."""
    path = settings_from_environment().auth_users
    if path is None:
        raise SettingsError(
            "No file of accounts is set. Set BUDONGI_AUTH_USERS to where it is to be, then run this again."
        )
    write_account(path, name, cast(AccountRole, role), password)
    click.echo(f"{name} may log in as {role} ({path}), from now on: a `budongi up` that runs has seen it.")
