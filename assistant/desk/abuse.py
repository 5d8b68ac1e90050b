"""Insults and sexual harassment in a message, however they are spelled, as flags for the agent."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from prompts.yaml_text import parse_yaml

# Signs and digits between two letters hide a word (시1발, 미.친.년); a space does not, for it parts words (다시 발송).
_HIDING: Final = re.compile(r"(?<=[가-힣ㄱ-ㅎa-z])[^가-힣ㄱ-ㅎa-z\s,.!?]+(?=[가-힣ㄱ-ㅎa-z])|(?<=[가-힣])\.(?=[가-힣])")
# Single syllables with spaces around each are one word pulled apart: 시  발.
_PULLED: Final = re.compile(r"(?<![가-힣])([가-힣])\s+([가-힣])(?![가-힣])")

# No prompt: what an agent is warned of does not depend on how answers are worded.
_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    kind: re.compile("|".join(f"(?:{one})" for of_language in by_language.values() for one in of_language))
    for kind, by_language in parse_yaml(Path(__file__).with_name("abuse.yaml").read_text(encoding="utf-8")).items()
}

_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def abuse_in(text: str) -> tuple[str, ...]:
    """The kinds found: ``abuse``, ``harassment``, both or none."""
    # Not NFKC: it would take ㅅ for the first third of a syllable.
    plain = unicodedata.normalize("NFC", text).translate(_NARROW).lower()
    shown = (plain, _HIDING.sub("", plain), _PULLED.sub(r"\1\2", plain))
    return tuple(kind for kind, pattern in _PATTERNS.items() if any(pattern.search(form) for form in shown))
