"""Each sentence of the model is released only when its claims stand in the evidence it cites.

Checked: every figure with its unit, every proper noun, whether it says yes or no, and that figures of one complex are
not given to another. A wrong citation number is put right where another piece of evidence holds the sentence whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.answering.citation_marks import Marks, may_go_on, table_row, unwrapped
from assistant.answering.comparison_claims import allowed_difference, comparison_holds, misattributed
from assistant.domain import Dropped, Evidence
from assistant.language.claims import NAMING, Claim, claims, implied, stated, told, unsupported
from assistant.language.text import squeeze
from assistant.language.web_addresses import addresses_in, plainly
from prompts.loader import Prompts

Tagger = Callable[[str], Sequence[tuple[str, str, int]]]

_CITED = re.compile(r"\[(\d{1,2})\]")
# A sentence ends at a line's end, or at a mark that space or a citation follows (84.98 is no end).
_END = re.compile(r"\n+|(?<!\bNo)[.!?。](?:\s*\[\d{1,2}\])*(?=\s)(?!\s*\[)")
_NEGATION = re.compile(
    r"없(?:습니다|어요|음|다|는|으)|않(?:습니다|아요|는|은|다)|아닙니다|아니(?:에요|며|고|다)|못(?:했|합|하|한)"
    r"|\b(?:no|not|never|none|isn't|aren't|doesn't|don't|cannot|can't|without)\b",
    re.IGNORECASE,
)
# Words that compare with all others: each must stand in the evidence, since being the cheapest is a claim of its own.
_SUPERLATIVES = re.compile(
    r"최고|최저|최대|최소|가장|제일|유일|모든|\b(?:lowest|highest|cheapest|nearest|closest|largest|biggest|smallest|top|only|most|least|all)\b",
    re.IGNORECASE,
)
# Words that compare with one other thing: such a sentence must hold when it is computed (comparison_claims).
_COMPARATIVES = re.compile(
    r"보다|(?<![가-힣])더(?=\s)|\b(?:than|cheaper|dearer|closer|nearer|farther|larger|bigger|smaller|earlier|later|higher|lower)\b",
    re.IGNORECASE,
)
# Words that say that one can apply now; dates alone do not say so.
_OPEN = re.compile(
    r"(?:접수|모집|청약|진행)\s*중|(?:신청|청약|접수)(?:이|을)?\s*(?:할 수 있|가능)|아직"
    r"|\b(?:open(?: now)?|still|currently|accepting)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"부터.*까지|최저.*최고|~|\bfrom\b.*\bto\b|\bbetween\b", re.IGNORECASE | re.DOTALL)
_SAME = {"제일": "가장", "closest": "nearest", "biggest": "largest", "highest": "top"}
_WORD = re.compile(r"[A-Za-z]+")
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
CONTENT = ("NNG", "NNP", "SL", "SN", "XR")  # parts of speech that carry what a sentence says
FREE_TEXT = ("text", "faq", "fact", "criterion")  # facets of evidence that is about no complex
# Share of content words that the evidence must hold: a paraphrase keeps its nouns, another matter does not.
MIN_OVERLAP = 0.5
MIN_OVERLAP_FREE = 0.8  # rules have no figures to check: "you can edit" is not "you can cancel"


def sentences(pieces: Iterable[str], marks: Marks = Marks()) -> Iterator[str]:  # noqa: B008 (frozen)
    """Cut a stream of text into sentences, each with the citations that follow it, as soon as each is complete."""
    buffer = ""
    for piece in chain(unwrapped(pieces), ["\n"]):
        buffer = marks.read(buffer + piece)
        while True:
            if buffer.lstrip().startswith("|"):
                line, ended, rest = buffer.lstrip().partition("\n")
                if not ended:
                    break
                buffer = f"{table_row(line)}\n{rest}"
            match = _END.search(buffer)
            # "…입니다." may yet be followed by " [1]": wait until something else has begun.
            if not match or (match.group()[0] != "\n" and may_go_on(buffer[match.end() :])):
                break
            sentence, buffer = buffer[: match.end()].strip(), buffer[match.end() :]
            if any(char.isalnum() for char in sentence):
                yield sentence
    if any(char.isalnum() for char in buffer):
        yield buffer.strip()


@dataclass(frozen=True, slots=True)
class Grounded:
    """A sentence whose claims hold: its text without citation marks, and the evidence that holds it."""

    text: str
    evidence: tuple[Evidence, ...]


class Grounder:
    """Checks sentences against one turn's evidence. ``names`` are all complexes the evidence is about."""

    def __init__(self, prompts: Prompts, evidence: Sequence[Evidence], question: str, tag: Tagger) -> None:
        self.prompts = prompts
        self._evidence = {item.n: item for item in evidence}
        self._question = question
        self._tag = tag
        self._question_terms = {form for form, _, _ in tag(question)}
        self._terms = {item.n: self._terms_of(item) for item in evidence}
        self._stated = {
            item.n: stated(item.values, item.text) | claims(f"{item.name_ko} {item.name_en}") for item in evidence
        }

    def _terms_of(self, item: Evidence) -> set[str]:
        return {form for form, _, _ in self._tag(f"{item.name_ko} {item.name_en} {item.text}")}

    @property
    def marks(self) -> Marks:
        """How this evidence may be cited."""
        return Marks(tuple(self._evidence), "\n".join(item.quote for item in self._evidence.values()))

    def cited(self, sentence: str) -> list[Evidence]:
        """The evidence whose numbers a sentence carries."""
        return [self._evidence[int(n)] for n in dict.fromkeys(_CITED.findall(sentence)) if int(n) in self._evidence]

    def check(self, sentence: str) -> Grounded | Dropped:
        """The sentence with its right citations, or why it is not released."""
        body = _LIST_MARK.sub("", _CITED.sub("", sentence)).strip()
        body = re.sub(r"(?<!\s)\s+([.!?])", r"\1", body)
        if not body:
            return Dropped(sentence, "says nothing")
        if body.endswith("?"):
            return Dropped(sentence, "asks instead of answering")
        cited = self.cited(sentence)
        reason = self._fails(body, cited) if cited else "cites nothing"
        if not reason:
            return Grounded(body, tuple(cited))
        for item in sorted(self._evidence.values(), key=lambda item: -self._overlap(body, [item])):
            if not self._fails(body, [item]):
                return Grounded(body, (item,))
        return Dropped(sentence, reason)

    def _overlap(self, body: str, cited: Sequence[Evidence]) -> float:
        asked = [form for form, tag, _ in self._tag(body) if tag in CONTENT]
        held = set().union(*(self._terms[item.n] for item in cited))
        return sum(form in held for form in asked) / len(asked) if asked else 0.0

    def _fails(self, body: str, cited: Sequence[Evidence]) -> str:
        """Why ``body`` does not follow from ``cited``; empty when it does."""
        text = "\n".join(f"{item.name_ko} {item.name_en}\n{item.text}" for item in cited)
        shown = plainly(text)
        if strange := [address for address in addresses_in(body) if address not in shown]:
            return "addresses not in the evidence: " + ", ".join(dict.fromkeys(strange))
        figures_held = (*(self._stated[item.n] for item in cited), claims(self._question))
        if missing := unsupported(body, *figures_held) - allowed_difference(body, cited):
            return "figures not in the evidence: " + ", ".join(sorted(f"{value:g} {unit}" for unit, value in missing))
        figures = {claim for item in cited for claim in _figures(item) if claim[0] not in NAMING}
        if figures and not figures & implied(claims(body)):
            return "names what is asked but not the figure"
        if _half_a_range(body, cited):
            return "gives one end of a range as the figure"
        if not self._names_hold(body, [item for item in cited if item.facet not in FREE_TEXT]):
            return "does not name the complex that its evidence is about"
        if more := _superlatives(body) - _superlatives(text):
            return "compares more than the evidence does: " + ", ".join(sorted(more))
        if misattributed(body, cited):
            return "gives one complex a figure of another"
        compared = comparison_holds(body, cited)
        if (more := _words(_COMPARATIVES, body) - _words(_COMPARATIVES, text)) and not compared:
            return "compares with something else: " + ", ".join(sorted(more))
        if more := _words(_OPEN, body) - _words(_OPEN, text):
            return "says that it is open where the evidence does not: " + ", ".join(sorted(more))
        if bool(_NEGATION.search(body)) != any(_NEGATION.search(item.quote) for item in cited):
            return "says yes where the evidence says no, or the reverse"
        known = squeeze(text + self._question)
        if strange := [name for name in self._names_in(body) if squeeze(name) not in known]:
            return "names not in the evidence: " + ", ".join(strange)
        content = {form for form, tag, _ in self._tag(body) if tag in CONTENT}
        if content <= self._question_terms:
            return "repeats the question"
        free_text = all(item.facet in FREE_TEXT for item in cited)
        held = set().union(*(self._terms[item.n] for item in cited))
        words = {form for form, tag, _ in self._tag(body) if tag in CONTENT and tag != "SN"}
        if not free_text and (more := (words & self._question_terms) - held - self.prompts.generic_words):
            # 일반공급 in the question and 92세대 in the evidence do not make 92 units of 일반공급.
            return "qualifies the figure otherwise than the evidence: " + ", ".join(sorted(more))
        if self._overlap(body, cited) < (MIN_OVERLAP_FREE if free_text else MIN_OVERLAP):
            return "not what the evidence says"
        return ""

    def _names_in(self, body: str) -> Iterator[str]:
        """Proper nouns as written: Korean ones, and capitalised English words that do not begin the sentence."""
        for form, tag, start in self._tag(body):
            if tag == "NNP":
                yield form
            elif tag == "SL" and start > 0 and body[start].isupper() and (word := _WORD.match(body, start)):
                yield word.group()

    def _names_hold(self, body: str, cited: Sequence[Evidence]) -> bool:
        """A sentence on complexes names each that it is about, and no other: it may be read, or quoted, alone."""
        squeezed = squeeze(body)
        own = [{squeeze(item.name_ko), squeeze(item.name_en)} for item in cited]
        if not all(any(name in squeezed for name in names) for names in own):
            return False
        mine = {name for names in own for name in names}
        # A rule may carry the name of what it defines (전매제한): that is no complex to be kept apart.
        complexes = [item for item in self._evidence.values() if item.facet not in FREE_TEXT]
        others = {squeeze(name) for item in complexes for name in (item.name_ko, item.name_en)} - mine
        return not any(name in squeezed and not any(name in longer for longer in mine) for name in others)


def _figures(item: Evidence) -> set[Claim]:
    """Those that it tells; its days also without their year, as they are repeated."""
    figures = told(item.values, item.quote)
    return {*figures, *(("monthday", value % 10_000) for unit, value in figures if unit == "date")}


def _half_a_range(body: str, cited: Sequence[Evidence]) -> bool:
    """Whether ``body`` takes one end of a "from … to …" for a figure of its own."""
    if _RANGE.search(body):
        return False
    said = claims(body)
    for item in cited:
        if _RANGE.search(item.quote):
            for unit in {unit for unit, _ in said}:
                ends = {value for other, value in _figures(item) if other == unit}
                given = {value for other, value in said if other == unit} & ends
                if given and given != ends:
                    return True
    return False


def _words(pattern: re.Pattern[str], text: str) -> set[str]:
    return {re.sub(r"\s", "", word.lower()) for word in pattern.findall(text)}


def _superlatives(text: str) -> set[str]:
    return {_SAME.get(word, word) for word in _words(_SUPERLATIVES, text)}
