"""The way from the chat to the pages of curation, shown to those who may see them."""

from __future__ import annotations

from typing import Any

import chainlit as cl
from chainlit.config import ChainlitConfigOverrides, HeaderLink, UISettings, config

from assistant.entrypoints.chat import profiles
from assistant.entrypoints.chat.roles import role_of
from assistant.entrypoints.chat.texts import spoken_language, texts


def link_curation() -> None:
    """Put a link into the head of admins' pages: Chainlit takes one per profile, and profiles are per person."""
    cl.set_chat_profiles(offer_profiles)


async def offer_profiles(user: Any, language: str | None = None) -> list[Any]:
    """The profiles of :mod:`assistant.entrypoints.chat.profiles`, for an admin with the link."""
    offered = await profiles.offer_profiles(user, language)
    if role_of(user) == "admin":
        name = texts(spoken_language(language)).say("curation")
        link = HeaderLink(
            name=name, display_name=name, icon_url="/public/curation.svg", url="/curation/", target="_self"
        )
        for profile in offered:
            profile.config_overrides = ChainlitConfigOverrides(ui=UISettings(name=config.ui.name, header_links=[link]))
    return offered
