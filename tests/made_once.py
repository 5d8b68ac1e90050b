"""Folders that take long to make: made by whichever process of a run comes first, copied by the others."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(name: str, make: Callable[[Path], None], factory: pytest.TempPathFactory) -> Path:
    """A folder of this process's own with what ``make`` puts into one that does not exist yet.

    ``name`` names it among all processes of the run. What ``make`` starts there must have ended when it returns.
    """
    own = factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") else own  # pytest-xdist gives each of its processes a part
    pattern = shared / f"{name}.pattern"
    with FileLock(f"{pattern}.lock"):
        if not pattern.exists():
            unfinished = shared / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(pattern)
    home = factory.mktemp(name) / "home"
    subprocess.run(["cp", "-a", pattern, home], check=True)  # with owners: Postgres is particular about them
    return home
