"""From evidence to the prompt a model is sent. The static part comes first and is byte-stable, so that it caches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from assistant.domain import Dropped, Evidence, Language, Role
from assistant.errors import PromptError
from assistant.ideas import SHOWN, Ideas
from assistant.ports import Prompt
from prompts.loader import facts_in_force, read_role, render, version_of, words

MAX_FAULTS = 3
ALL_IDEAS = Ideas()
QUESTION = {"ko": "질문: ", "en": "Question: "}


@cache
def static_part(role: Role, language: Language, ideas: Ideas) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """System text, examples and version of a role in a language: the same bytes on every turn.

    Raises:
        PromptError: the prompt file is malformed or names an unknown variable.
    """
    prompt = read_role(role, language)
    facts = " ".join(
        fact.statement_en if language == "en" else fact.statement_ko for fact in facts_in_force() if fact.always
    )
    lines = prompt.system.splitlines()
    template = "\n".join(
        line
        for number, line in enumerate(lines)
        if (ideas.role or number > 0) and (ideas.shared_facts or "$facts" not in line)
    )
    try:
        system = render(template, facts=facts)
    except KeyError as error:
        raise PromptError(
            f"prompts/roles/{prompt.name}: the variable ${error.args[0]} has no value. Known: $facts."
        ) from error
    examples = prompt.examples[: SHOWN[ideas.examples]]
    return system, examples, version_of(system, *(text for pair in examples for text in pair))


def build(
    role: Role, language: Language, evidence: Sequence[Evidence], question: str, ideas: Ideas = ALL_IDEAS
) -> Prompt:
    """The whole prompt of one turn; with no evidence and question, its static part alone (to warm a cache)."""
    system, examples, version = static_part(role, language, ideas)
    numbered = "\n".join(f"[{item.n}] {item.quote}" for item in evidence)
    return Prompt(system, examples, f"{numbered}\n\n{QUESTION[language]}{question}", version)


def again(prompt: Prompt, dropped: Sequence[Dropped], language: Language) -> Prompt:
    """The same prompt with the sentences that were not released and why, for a second try."""
    faults = "\n".join(f"- {item.sentence} ({item.reason})" for item in dropped[:MAX_FAULTS])
    return replace(prompt, user=prompt.user + "\n\n" + render(words("messages.yaml")["again"][language], faults=faults))
