"""Whether this installation can speak to Slack; apart from what does, which imports Chainlit."""

from __future__ import annotations

from importlib.util import find_spec

from assistant.errors import SettingsError


def require_slack() -> None:
    """Raises SettingsError where the library that Chainlit speaks to Slack with is not installed."""
    if find_spec("slack_bolt") is None:
        raise SettingsError(
            "BUDONGI_SLACK is on, but slack_bolt is not installed. Install the extra (pip install 'budongi[slack]', or "
            "uv sync --extra slack), or set BUDONGI_SLACK to off."
        )
