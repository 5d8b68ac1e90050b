"""Chat profiles: where a person has chosen to look, each with questions to start from, in the browser's language."""

from __future__ import annotations

from typing import Any

import chainlit as cl

from assistant.domain import Domain
from assistant.interface.texts import Texts, spoken_language, texts

DOMAINS: tuple[Domain, ...] = ("housing", "faq", "listing")  # the first is the one that a page opens with


async def offer_profiles(_user: Any, language: str | None = None) -> list[Any]:
    """One profile per domain; its name, which Chainlit hands back, is the domain's."""
    phrases = texts(spoken_language(language))
    return [
        cl.ChatProfile(
            name=domain,
            display_name=phrases.say(f"profiles.{domain}.name"),
            markdown_description=phrases.say(f"profiles.{domain}.description"),
            icon=f"/public/profile_{domain}.svg",
            default=domain == DOMAINS[0],
            starters=[cl.Starter(label=one.label, message=one.message) for one in phrases.starters[domain]],
        )
        for domain in DOMAINS
    ]


def elsewhere(domain: Domain | None, chosen: Domain | None, phrases: Texts) -> str:
    """A sentence where an answer comes from another domain than the chosen one; empty where it does not."""
    if chosen is None or domain not in DOMAINS or domain == chosen:
        return ""
    return phrases.say("notes.elsewhere", domain=phrases.say(f"profiles.{domain}.name"))
