"""All configuration, read from the environment in this one place.

Each field names its environment variable in ``metadata["env"]`` and says what it is for in ``metadata["help"]``;
``budongi doctor`` prints them from here, so this file is their documentation. What one provider of chat models alone
needs stands in its own module (``assistant/adapters/chat``).
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from platformdirs import user_data_path

from assistant.errors import SettingsError

NO_MODEL = "none"
LOG_LEVELS = ("debug", "info", "warning", "error")
SWITCH = ("on", "off")
QUESTION_REWRITES = ("none", "model")
EMBEDDING_MODEL_FORMS = "local or openai:NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person can configure. Build it with :meth:`from_environment`; tests construct it directly."""

    home: Path = field(
        default_factory=lambda: user_data_path("budongi"),
        metadata={"env": "BUDONGI_HOME", "help": "folder for the embedded Postgres, model weights and caches"},
    )
    database_url: str | None = field(
        default=None,
        metadata={
            "env": "BUDONGI_DATABASE_URL",
            "help": "a Postgres with pgvector, instead of the embedded one",
            "secret": True,  # it may hold a password
        },
    )
    chat_model: str = field(
        default="local",
        metadata={
            "env": "BUDONGI_CHAT_MODEL",
            "help": "local, local:/path/to/model.gguf, none, or a provider's: openai:NAME, azure:DEPLOYMENT",
        },
    )
    embedding_model: str = field(
        default="local",
        metadata={
            "env": "BUDONGI_EMBEDDING_MODEL",
            "help": f"what a new store is embedded with: {EMBEDDING_MODEL_FORMS}; a full one names its own model",
        },
    )
    question_rewrite: str = field(
        default="none",
        metadata={
            "env": "BUDONGI_QUESTION_REWRITE",
            "help": "model: the chat model spells a question out that the rules do not read to the end; or none",
        },
    )
    openai_api_key: str | None = field(
        default=None, repr=False, metadata={"env": "OPENAI_API_KEY", "help": "key for openai: models", "secret": True}
    )
    openai_base_url: str | None = field(
        default=None,
        metadata={"env": "OPENAI_BASE_URL", "help": "any OpenAI-compatible server, e.g. http://host:8080/v1"},
    )
    prompts: Path | None = field(
        default=None,
        metadata={
            "env": "BUDONGI_PROMPTS",
            "help": "folder of prompts to use, instead of the latest release or those that ship",
        },
    )
    turn_timeout: float = field(
        default=30.0,
        metadata={
            "env": "BUDONGI_TURN_TIMEOUT",
            "help": "seconds a turn may wait for the chat model, others' answers not counted",
        },
    )
    auth_users: Path | None = field(
        default=None,
        metadata={
            "env": "BUDONGI_AUTH_USERS",
            "help": "file of those who may log in to the chat, as `budongi user` writes it; without it nobody has to",
        },
    )
    auth_header: str | None = field(
        default=None,
        metadata={
            "env": "BUDONGI_AUTH_HEADER",
            "help": "header in which a proxy on this computer names who is logged in, instead of passwords",
        },
    )
    chat_per_minute: int = field(
        default=30,
        metadata={
            "env": "BUDONGI_CHAT_PER_MINUTE",
            "help": "questions a minute that the chat answers to each person, or to each page where nobody logs in",
        },
    )
    history_days: int = field(
        default=90,
        metadata={
            "env": "BUDONGI_HISTORY_DAYS",
            "help": "days that a conversation is kept after its last turn, where people log in; 0 keeps none",
        },
    )
    api_keys: str | None = field(
        default=None,
        repr=False,
        metadata={
            "env": "BUDONGI_API_KEYS",
            "help": "NAME:KEY,NAME:KEY:ROLE of programs that may use the HTTP API; without it, those on this computer",
            "secret": True,
        },
    )
    api_per_minute: int = field(
        default=60,
        metadata={
            "env": "BUDONGI_API_PER_MINUTE",
            "help": "requests a minute that the HTTP API serves to each key, or each address without one",
        },
    )
    unanswered_days: int = field(
        default=90,
        metadata={
            "env": "BUDONGI_UNANSWERED_DAYS",
            "help": "days that questions without an answer are kept, masked, for curation; 0 keeps none",
        },
    )
    slack: str = field(
        default="off",
        metadata={
            "env": "BUDONGI_SLACK",
            "help": "on: answer in Slack too, with SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (extra `slack`); or off",
        },
    )
    slack_bot_token: str | None = field(
        default=None,
        repr=False,
        metadata={
            "env": "SLACK_BOT_TOKEN",
            "help": "token of the Slack app (xoxb-…), read where BUDONGI_SLACK is on",
            "secret": True,
        },
    )
    slack_signing_secret: str | None = field(
        default=None,
        repr=False,
        metadata={
            "env": "SLACK_SIGNING_SECRET",
            "help": "signing secret of the Slack app: what it did not sign is refused",
            "secret": True,
        },
    )
    slack_api: str = field(
        default="https://slack.com/api/",
        metadata={"env": "BUDONGI_SLACK_API", "help": "address of Slack's API, where it is another (GovSlack)"},
    )
    log_level: str = field(
        default="warning", metadata={"env": "BUDONGI_LOG_LEVEL", "help": "debug, info, warning or error"}
    )

    # What else the environment sets: a provider of chat models reads its own keys and addresses there.
    others: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def variable(self, name: str) -> str:
        """What the environment sets a variable to that is no field here; empty where it does not."""
        return self.others.get(name, "").strip()

    @property
    def chat_is_hosted(self) -> bool:
        """Whether a server answers, at its own cost and with many at once."""
        return self.chat_model.partition(":")[0] not in ("local", NO_MODEL)

    def __post_init__(self) -> None:
        kind, _, name = self.embedding_model.partition(":")
        if not {"local": not name, "openai": bool(name)}.get(kind, False):
            raise SettingsError(
                f"BUDONGI_EMBEDDING_MODEL is {self.embedding_model!r}, which names no embedding model. "
                f"Set it to {EMBEDDING_MODEL_FORMS}."
            )
        if self.question_rewrite not in QUESTION_REWRITES:
            raise SettingsError(f"BUDONGI_QUESTION_REWRITE is {self.question_rewrite!r}; set it to none or model.")
        if self.question_rewrite == "model" and self.chat_model == NO_MODEL:
            raise SettingsError(
                "BUDONGI_QUESTION_REWRITE is model, but BUDONGI_CHAT_MODEL is none, and none cannot write. "
                "Set the one to none, or the other to a model."
            )
        if not 0 < self.turn_timeout < math.inf:
            raise SettingsError(f"BUDONGI_TURN_TIMEOUT is {self.turn_timeout}; give a number of seconds above 0.")
        if self.chat_per_minute < 1:
            raise SettingsError(f"BUDONGI_CHAT_PER_MINUTE is {self.chat_per_minute}; give a number above 0.")
        if self.api_per_minute < 1:
            raise SettingsError(f"BUDONGI_API_PER_MINUTE is {self.api_per_minute}; give a number above 0.")
        if self.unanswered_days < 0:
            raise SettingsError(f"BUDONGI_UNANSWERED_DAYS is {self.unanswered_days}; give a number of days, or 0.")
        if self.history_days < 0:
            raise SettingsError(
                f"BUDONGI_HISTORY_DAYS is {self.history_days}; give a number of days, or 0 to keep none."
            )
        if self.slack not in SWITCH:
            raise SettingsError(f"BUDONGI_SLACK is {self.slack!r}; set it to on or off.")
        if self.slack == "on" and not (self.slack_bot_token and self.slack_signing_secret):
            raise SettingsError(
                "BUDONGI_SLACK is on, but SLACK_BOT_TOKEN or SLACK_SIGNING_SECRET is not set. Take both from the app's "
                "page on api.slack.com (OAuth & Permissions; Basic Information), or set BUDONGI_SLACK to off."
            )
        if self.auth_header and not self.auth_users:
            raise SettingsError(
                "BUDONGI_AUTH_HEADER is set without BUDONGI_AUTH_USERS: nobody says who may come in, and as what. "
                "Set BUDONGI_AUTH_USERS to a file with a line NAME:ROLE:* for each."
            )
        if self.log_level.lower() not in LOG_LEVELS:
            raise SettingsError(f"BUDONGI_LOG_LEVEL is {self.log_level!r}; set it to {', '.join(LOG_LEVELS)}.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read settings; an empty variable counts as not set.

        Raises:
            SettingsError: a value cannot be used; the message names the variable.
        """
        environment = os.environ if environment is None else environment
        documented = [item for item in fields(cls) if item.metadata]
        known = {item.metadata["env"] for item in documented}
        given: dict[str, object] = {"others": {name: environment[name] for name in environment if name not in known}}
        for item in documented:
            name = item.metadata["env"]
            value = environment.get(name, "").strip()
            if not value:
                continue
            if item.name in ("home", "prompts", "auth_users"):
                given[item.name] = Path(value).expanduser().resolve()
            elif item.name == "turn_timeout":
                try:
                    given[item.name] = float(value)
                except ValueError:
                    raise SettingsError(f"{name} is {value!r}; give a number of seconds, e.g. 30.") from None
            elif item.name in ("chat_per_minute", "api_per_minute", "unanswered_days", "history_days"):
                try:
                    given[item.name] = int(value)
                except ValueError:
                    raise SettingsError(f"{name} is {value!r}; give a whole number, e.g. 60.") from None
            else:
                given[item.name] = value
        return cls(**given)  # type: ignore[arg-type]


def set_for_libraries(**variables: str | None) -> None:
    """Set (None: remove) environment variables that a library reads when it is imported; call before importing it.

    Here, so that this module stays the only one that touches the environment.
    """
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
