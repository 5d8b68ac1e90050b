"""Chat profiles: where a person has chosen to look, each with questions to start from, in the browser's language."""

from __future__ import annotations

from typing import Any

import chainlit as cl
from chainlit.config import ChainlitConfigOverrides, HeaderLink, UISettings, config

from assistant.domain import Domain
from assistant.entrypoints.chat.access import AGENTS, role_of
from assistant.entrypoints.chat.texts import Texts, spoken_language, texts

DOMAINS: tuple[Domain, ...] = ("housing", "faq", "listing")  # the first is the one that a page opens with
DESK = "desk"


async def offer_profiles(user: Any, language: str | None = None) -> list[Any]:
    """One profile per domain, whose name it has, and the desk for agents. A name comes back from the browser: whoever
    answers a page must not take it for a permission."""
    phrases = texts(spoken_language(language))
    offered = (*DOMAINS, DESK) if role_of(user) in AGENTS else DOMAINS
    return [
        cl.ChatProfile(
            name=name,
            display_name=phrases.say(f"profiles.{name}.name"),
            markdown_description=phrases.say(f"profiles.{name}.description"),
            icon=f"/public/profile_{name}.svg",
            default=name == DOMAINS[0],
            starters=[cl.Starter(**one) for one in phrases.starters.get(name, ())],
        )
        for name in offered
    ]


async def offer_profiles_and_curation(user: Any, language: str | None = None) -> list[Any]:
    """The same, for an admin with a link to the pages of curation in the head of the page, which Chainlit takes one per
    profile."""
    offered = await offer_profiles(user, language)
    if role_of(user) == "admin":
        name = texts(spoken_language(language)).say("curation")
        link = HeaderLink(
            name=name, display_name=name, icon_url="/public/curation.svg", url="/curation/", target="_self"
        )
        for profile in offered:
            profile.config_overrides = ChainlitConfigOverrides(ui=UISettings(name=config.ui.name, header_links=[link]))
    return offered


def elsewhere(domain: Domain | None, chosen: Domain | None, phrases: Texts) -> str:
    """A sentence where an answer comes from another domain than the chosen one; empty where it does not."""
    if chosen is None or domain not in DOMAINS or domain == chosen:
        return ""
    return phrases.say("notes.elsewhere", domain=phrases.say(f"profiles.{domain}.name"))
