"""What an answer depends on besides the question: where all of it is the same, nothing need be asked twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import assistant
from assistant.settings import Settings
from prompts import loader
from prompts.loader import Prompts

CODE = frozenset((".py", ".sql", ".yaml", ".md"))
# The ways in, and what they alone use: they pass an answer on and do not change it.
WAYS_IN = "entrypoints"


@dataclass(frozen=True, slots=True)
class Identity:
    """``corpus``, ``code`` and ``prompts`` are SHA-256; ``as_of`` is the day that the assistant takes for today.
    ``ideas`` are the turn's :class:`~assistant.answering.ablation_switches.Ideas`; ``settings`` those besides the
    models that can change an answer.
    """

    model: str
    embedding_model: str
    corpus: str
    code: str
    prompts: str
    as_of: str
    ideas: str = ""
    settings: str = ""

    @property
    def key(self) -> str:
        """A name for all of it together, 16 hexadecimal digits."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


def code_hash() -> str:
    """Of the assistant's source as it lies on disk, whatever was committed."""
    folder = Path(assistant.__path__[0])
    return _hash_of(path for path in _sources(folder) if path.relative_to(folder).parts[0] != WAYS_IN)


def prompts_hash(prompts: Prompts) -> str:
    """Of prompt files, lexicons and shared facts, and of what reads them."""
    readers = sorted(Path(loader.__file__).parent.glob("*.py"))
    return hashlib.sha256(f"{prompts.hash} {_hash_of(readers)}".encode()).hexdigest()


def settings_that_matter(settings: Settings) -> str:
    """Which server answers, how long it may take, and whether questions are rewritten; never a key."""
    server = settings.openai_base_url or settings.variable("AZURE_OPENAI_ENDPOINT") or "the provider's own server"
    return f"{settings.chat_model} at {server}, {settings.turn_timeout:g} s a turn, rewrite {settings.question_rewrite}"


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in CODE and path.is_file())


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
