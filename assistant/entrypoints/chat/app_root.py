"""The folder Chainlit runs in: its configuration, translations, page and guides, written anew at every start.

Chainlit reads and writes its files where ``CHAINLIT_APP_ROOT`` says, by default the working directory; ours lies under
``BUDONGI_HOME``, so that the folder a person starts ``budongi`` in stays as it is.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Where chainlit.md stands: the top of the repository, and of site-packages once installed.
TOP = Path(__file__).resolve().parents[3]
GUIDES = {
    "chainlit.md": "chainlit.md",
    "chainlit_en-US.md": "chainlit.md",
    "chainlit_ko-KR.md": "chainlit_ko-KR.md",
    "chainlit_ko.md": "chainlit_ko-KR.md",
}
TRANSLATIONS = {"en-US.json": "en-US.json", "ko.json": "ko.json", "ko-KR.json": "ko.json"}

_EXTERNAL_LINK = re.compile(r"<link\b[^>]*\bhref=\"https?://[^>]*>\s*", re.IGNORECASE)


def write_app_root(root: Path) -> None:
    """Fill ``root``, removing what an earlier run left there. Call it before Chainlit is imported."""
    shutil.rmtree(root, ignore_errors=True)
    translations = root / ".chainlit" / "translations"
    translations.mkdir(parents=True)
    chainlit = _chainlit_folder()
    with as_file(files("assistant.entrypoints.chat") / "chainlit") as ours:
        shutil.copy(ours / "config.toml", root / ".chainlit" / "config.toml")
        shutil.copytree(ours / "public", root / "public")
        for target, source in TRANSLATIONS.items():
            theirs = json.loads((chainlit / "translations" / source).read_text(encoding="utf-8"))
            changes = json.loads((ours / "translations" / source).read_text(encoding="utf-8"))
            merged = json.dumps(_merged(theirs, changes), ensure_ascii=False, indent=2)
            (translations / target).write_text(merged, encoding="utf-8")
    for target, source in GUIDES.items():
        shutil.copy(TOP / source, root / target)
    _write_page(chainlit / "frontend" / "dist", root / "frontend")


def without_external_links(page: str) -> str:
    """The page without its ``<link>`` tags to other hosts (a font and a style sheet for formulas we do not use)."""
    return _EXTERNAL_LINK.sub("", page)


def _write_page(packaged: Path, target: Path) -> None:
    shutil.copytree(packaged, target, ignore=shutil.ignore_patterns("*.map"))
    index = target / "index.html"
    index.write_text(without_external_links(index.read_text(encoding="utf-8")), encoding="utf-8")


def _chainlit_folder() -> Path:
    # Found, not imported: importing Chainlit reads the configuration that is about to be written.
    spec = find_spec("chainlit")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in changes.items():
        merged[key] = _merged(merged.get(key, {}), value) if isinstance(value, Mapping) else value
    return merged
