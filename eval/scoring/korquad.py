"""KorQuAD 1.0's exact match and F1, as its official script computes them, and a variant that forgives particles.

Source: ``evaluate-v1.0.py`` of KorQuAD 1.0 (Lim, Kim & Lee 2019), itself after SQuAD 1.1. Its quirks are kept: F1
counts *characters* whatever their order; brackets and quotation marks become spaces, and then ASCII punctuation
vanishes without one (so "3.5" becomes "35", and "a-b" becomes "ab"); other punctuation (「」, “”, ·) stays; and two
empty answers match exactly with an F1 of 0.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

_TO_SPACE = re.compile("['\"《》<>〈〉()‘’]")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
# Longest first. After a noun; whether one fits the sound before it is not checked.
_PARTICLES = re.compile(
    "(?:입니다|이었습니다|였습니다|이에요|예요|에서는|에서|으로|부터|까지|에게|한테|처럼|보다|이다|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)


def normalized(answer: str) -> str:
    """The official ``normalize_answer``."""
    return " ".join(_TO_SPACE.sub(" ", answer).lower().translate(_PUNCTUATION).split())


def exact_match(prediction: str, truths: Sequence[str]) -> float:
    """1.0 if the prediction is one of ``truths`` once normalised, else 0.0; ``truths`` must not be empty."""
    return max(float(normalized(prediction) == normalized(truth)) for truth in truths)


def f1(prediction: str, truths: Sequence[str]) -> float:
    """Best F1 of characters over ``truths``, in [0, 1]; ``truths`` must not be empty."""
    return max(_character_f1(normalized(prediction), normalized(truth)) for truth in truths)


def without_particles(prediction: str, truth: str) -> str:
    """The normalised prediction, its words without the particle that keeps them from being a word of the truth."""
    wanted = normalized(truth).split()
    words = []
    for word in normalized(prediction).split():
        stem = _PARTICLES.sub("", word)
        words.append(stem if word not in wanted and stem in wanted else word)
    return " ".join(words)


def tolerant(score: Callable[[str, Sequence[str]], float], prediction: str, truths: Sequence[str]) -> float:
    """``exact_match`` or ``f1`` where 롯데건설입니다 counts as 롯데건설; never below the official score."""
    return max(score(prediction, truths), *(score(without_particles(prediction, truth), [truth]) for truth in truths))


def _character_f1(prediction: str, truth: str) -> float:
    said, wanted = prediction.replace(" ", ""), truth.replace(" ", "")
    same = (Counter(said) & Counter(wanted)).total()
    if not same:
        return 0.0
    precision, recall = same / len(said), same / len(wanted)
    return 2 * precision * recall / (precision + recall)
