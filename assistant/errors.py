"""Every error that budongi raises on purpose.

    BudongiError                 a person can read it: what happened, where, and what to do next
    ├── SettingsError            a setting is missing, unknown or contradicts another
    ├── StoreError               Postgres cannot be started, reached or migrated
    │   └── EmptyStoreError      nothing has been ingested yet
    ├── SourceError              a source file cannot be read as what it claims to be (names file and line)
    ├── ModelError               a chat or embedding model cannot be used
    │   ├── ModelFileError       the weights are missing, broken or not the ones expected
    │   └── ModelUnavailable     the model's server did not answer, or takes no requests now
    │       ├── ModelRefused     it is well, and will not answer this one request
    │       └── ModelLoading     it has not been loaded yet
    ├── PromptError              a prompt file is malformed or a variable is missing
    └── InputError               what was given cannot be worked with: an empty message, an answer to nothing

Message style: one paragraph; the first sentence says what happened, the last what to do. The command line prints it
after ``error:`` and exits with ``exit_code``; the chat shows it as a message. Anything else that escapes is a bug.
"""

from __future__ import annotations

from pathlib import Path


class BudongiError(Exception):
    """Base of all errors meant for people. ``exit_code`` is what the command line exits with (1 failed, 2 usage)."""

    exit_code = 1


class SettingsError(BudongiError):
    """A setting is missing, unknown or contradicts another one."""

    exit_code = 2


class StoreError(BudongiError):
    """Postgres cannot be started, reached or migrated."""


class EmptyStoreError(StoreError):
    """The store holds no document yet."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing has been ingested yet, so there is nothing to answer from. "
            "Run `budongi up` (loads the sample corpus first) or `budongi ingest PATH`."
        )


class SourceError(BudongiError):
    """A source file cannot be read as what it claims to be."""

    def __init__(self, path: Path | str, problem: str, mend: str, *, line: int | None = None) -> None:
        self.path, self.line, self.problem, self.mend = str(path), line, problem, mend
        where = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(f"{where}: {problem} {mend}")


class ModelError(BudongiError):
    """A chat or embedding model cannot be used."""


class ModelFileError(ModelError):
    """Model weights are missing, broken, or not the ones expected."""


class ModelUnavailable(ModelError):
    """The model's server did not answer in time, or refused the request."""


class ModelRefused(ModelUnavailable):
    """The model's server is well and will not answer this request: it is too long, or its filter objects."""


class ModelLoading(ModelUnavailable):
    """The model is on its way, and nothing is wrong. ``percent`` of its present ``step``; None: not known."""

    def __init__(self, step: str, percent: int | None) -> None:
        self.step, self.percent = step, percent
        share = "" if percent is None else f", {percent} %"
        super().__init__(f"The local chat model is still on its way ({step}{share}). Ask again in a moment.")


class PromptError(BudongiError):
    """A prompt file is malformed, or a variable it needs was not given."""


class InputError(BudongiError):
    """What was given cannot be worked with."""

    exit_code = 2
