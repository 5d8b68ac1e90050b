"""What an agent could send to a customer: a drafted answer in the house's tone, or that somebody will get back."""

from __future__ import annotations

import re
from typing import Final

from assistant.domain import Answer, Language
from assistant.domain.inquiries import Reply
from assistant.language.text import is_korean
from prompts.loader import Prompts, kept

_MARK: Final = re.compile(r"(?<![^\S\n])[^\S\n]*\[\d+\]")
_HANGUL: Final = re.compile(r"[가-힣]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_ASIDE: Final = re.compile(r"\((.*)\)", re.DOTALL)
# Remarks that are about the question as a program read it: the agent is told, the customer is not.
_TO_THE_AGENT: Final = ("ignored", "not_used", "searched_instead")


def house_reply(prompts: Prompts, answer: Answer, language: Language) -> Reply:
    """A drafted answer as a letter in the customer's ``language``; where it cannot be one, that somebody gets back."""
    body = answer.text.removesuffix(answer.next.question) if answer.next else answer.text
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    notes = tuple(part for part in paragraphs if _is_note(prompts, part, language))
    body = _without_the_only_heading(
        prompts, "\n\n".join(_bare(part) for part in paragraphs if part not in notes), language
    )
    # Evidence in another language than the customer's cannot be sent as it is; posts found by some of a message's words
    # (a rack for bicycles) are no answer to the whole of it.
    understanding = answer.understanding
    partial = understanding.listing is not None and any(left.told for left in understanding.unmatched)
    if answer.abstained or partial or not body or not _is_in(language, body):
        return Reply(_house(prompts, "holding", language), holding=True, notes=notes)
    return Reply(letter(prompts, body, language), notes=notes)


def letter(prompts: Prompts, body: str, language: Language) -> str:
    """``body`` between the house's greeting and its closing."""
    return f"{_house(prompts, 'greeting', language)}\n\n{body}\n\n{_house(prompts, 'closing', language)}"


def without_marks(text: str) -> str:
    """``text`` as the customer gets it: without the marks ``[n]`` of its citations."""
    return _MARK.sub("", text)


def _house(prompts: Prompts, key: str, language: Language) -> str:
    phrase: str = prompts.replies[key][language]
    return phrase


def _is_in(language: Language, body: str) -> bool:
    # English answers hold Korean names, too.
    return is_korean(body) if language == "ko" else len(_HANGUL.findall(body)) < len(_LATIN.findall(body))


def _is_note(prompts: Prompts, paragraph: str, language: Language) -> bool:
    return any(_pattern(prompts, key, language).fullmatch(paragraph) for key in _TO_THE_AGENT)


def _bare(paragraph: str) -> str:
    """A remark in parentheses as a sentence: an aside belongs to a chat."""
    aside = _ASIDE.fullmatch(paragraph)
    return aside[1] if aside else paragraph


def _without_the_only_heading(prompts: Prompts, body: str, language: Language) -> str:
    """The question that an entry answers is the customer's own; with several entries each needs its own."""
    heading = _pattern(prompts, "answer_to", language)
    found = heading.match(body)
    return body[found.end() :].lstrip() if found and len(heading.findall(body)) == 1 else body


@kept
def _pattern(prompts: Prompts, key: str, language: Language) -> re.Pattern[str]:
    """What a fixed sentence looks like, whatever its values."""
    parts = prompts.say(key, language, words="\0", question="\0", places="\0").split("\0")
    return re.compile(".+?".join(map(re.escape, parts)))
