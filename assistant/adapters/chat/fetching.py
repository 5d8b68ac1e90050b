"""Installs the local chat model with a command, such as ``uv sync --extra local``, while this process runs on."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
from collections import deque

from tqdm import tqdm

from assistant.adapters.chat.progress import Progress
from assistant.adapters.chat.weights import QWEN_CODER_1_5B, missing_packages
from assistant.errors import ModelFileError

# As uv writes of each package that it has downloaded.
_FETCHED = re.compile(r"\s*Downloaded (\S+)")


class Fetch:
    """One run of the command. What it downloads is kept by uv and pip, so that a later run goes on."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._child: subprocess.Popen[str] | None = None
        self._closed = False

    def run(self, progress: Progress) -> None:
        """Wait for the command to end; the packages can be found then.

        Raises:
            ModelFileError: it failed, or was ended by :meth:`close`; with its last words.
        """
        wanted = missing_packages(QWEN_CODER_1_5B)
        fetched: set[str] = set()
        last_words: deque[str] = deque(maxlen=3)
        progress.at("download", 0)
        try:
            self._child = subprocess.Popen(
                shlex.split(self._command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,  # Ctrl-C is for the parent, which then closes this one
            )
        except (OSError, ValueError) as error:
            raise self._failure(str(error)) from error
        if self._closed:
            self._child.terminate()
        assert self._child.stdout is not None
        with tqdm(
            total=len(wanted), desc="Downloading the local chat model", unit="part", disable=None, leave=False
        ) as bar:
            for line in self._child.stdout:
                last_words.append(line.strip())
                found = _FETCHED.match(line)
                if found and (name := found[1].replace("-", "_")) in wanted - fetched:
                    fetched.add(name)
                    bar.update()
                    progress.at("download", len(fetched) / len(wanted))
        if self._child.wait() != 0:
            raise self._failure(" ".join(last_words))
        importlib.invalidate_caches()

    def close(self) -> None:
        """End the command, if it is running."""
        self._closed = True
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def _failure(self, reason: str) -> ModelFileError:
        return ModelFileError(
            f"The local chat model could not be fetched by `{self._command}`: {reason or 'it was ended'}. Answers are "
            "composed from the evidence meanwhile; start budongi again to go on where the download stopped."
        )
