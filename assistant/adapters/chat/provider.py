"""What a provider of chat models is: what stands before the colon of ``BUDONGI_CHAT_MODEL``, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.ports import ChatModel, Prompt
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that one provider alone reads. ``help``: for the doctor."""

    name: str
    help: str
    secret: bool = False
    default: str = ""

    def of(self, settings: Settings) -> str:
        """Its value; empty where it is not set and has no default."""
        return settings.variable(self.name) or self.default


class Provider(Protocol):
    """One way to a chat model. A module that offers one imports no client until it is used: that takes seconds."""

    @property
    def kind(self) -> str: ...
    @property
    def form(self) -> str:
        """How a setting names a model of it: openai:NAME."""

    @property
    def needs_name(self) -> bool: ...
    @property
    def variables(self) -> tuple[Variable, ...]: ...

    def open(self, settings: Settings) -> ChatModel:
        """The model that the settings name. Reads no weights and opens no connection yet.

        Raises:
            SettingsError: a key or address is missing; names the variable.
            ModelFileError: a local model is not installed, or the given file is not GGUF.
        """

    def check(self, settings: Settings, prompt: Prompt, max_tokens: int) -> str:
        """One line on what the model is found to do when it is asked ``prompt``; a local one is only looked at.

        Raises:
            BudongiError: it cannot be used; the message says how to mend it.
        """


@dataclass(frozen=True, slots=True)
class Server:
    """Where completions come from, in the words error messages use. ``secret`` never appears in one.

    ``priced_as`` is the model's name on the price list; empty where the list does not apply.
    """

    model: str
    address: str
    key_setting: str
    address_setting: str
    secret: str = ""
    priced_as: str = ""


def model_name(settings: Settings) -> str:
    """What stands after the colon."""
    return settings.chat_model.partition(":")[2]
