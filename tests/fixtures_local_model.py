"""Fixtures for tests that need the real local chat model; ``conftest.py`` offers them to every test."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from assistant.adapters.chat.weights import QWEN_CODER_1_5B, installed_parts, local_weights, models_folder
from assistant.errors import ModelFileError
from assistant.settings import Settings


def _missing() -> str:
    if importlib.util.find_spec("xllamacpp") is None:
        return "xllamacpp is not installed (uv sync --extra local)"
    try:
        installed_parts(QWEN_CODER_1_5B)
    except ModelFileError as error:
        return str(error)
    return ""


@pytest.fixture(scope="session")
def local_model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``BUDONGI_HOME`` of this session with the verified weights and the prompts read so far in it, and nothing else.

    The 1.1 GB are joined, and a prompt that did not change is read (20 s of processor), once per machine and user; each
    session only links to them. Who breaks what was read takes :func:`with_nothing_read`.
    """
    if reason := _missing():
        pytest.skip(reason)
    cache = Path(tempfile.gettempdir()) / f"budongi-test-models-{os.getuid()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    if cache.stat().st_uid != os.getuid():
        pytest.skip(f"{cache} belongs to another user")
    weights = local_weights(Settings(home=cache))
    home = tmp_path_factory.mktemp("local-model-home")
    models = models_folder(Settings(home=home))
    models.mkdir()
    (models / weights.name).symlink_to(weights)
    shutil.copy2(f"{weights}.verified", models)
    read = models_folder(Settings(home=cache)) / "prefixes"
    read.mkdir(exist_ok=True)
    (models / read.name).symlink_to(read)
    return home


def with_nothing_read(home: Path, new: Path) -> Path:
    """``new``, made a ``BUDONGI_HOME`` with the weights of ``home``, where no prompt was read yet."""
    shutil.copytree(models_folder(Settings(home=home)), new / "models", symlinks=True, ignore=lambda *_: {"prefixes"})
    return new
