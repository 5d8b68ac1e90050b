"""The panel of conditions: what was understood of the last search, as a form; what is changed there asks it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import chainlit as cl

from assistant.answering.turn import Assistant
from assistant.domain import Understanding
from assistant.entrypoints.chat.actions import MOST_WORDS, Respond, start, unread_conditions
from assistant.entrypoints.chat.chips import Chip
from assistant.entrypoints.chat.condition_fields import changed, shown_conditions
from assistant.entrypoints.chat.conversation import Panel, Turn
from assistant.entrypoints.chat.reading import label
from assistant.entrypoints.chat.session import browser_language, conversation
from assistant.entrypoints.chat.texts import Texts, texts
from assistant.kinds.housing.attributes import attributes
from assistant.understanding import conditions
from prompts.loader import Prompts

ANY = "-"  # a choice cannot be empty


def install_panel(assistant: Callable[[], Assistant], respond: Respond) -> None:
    """Have the panel ask again; ``respond`` answers a turn on the page, ``assistant`` gives that of now."""

    async def update(given: Mapping[str, Any]) -> None:
        panel = conversation().panel
        if panel is None:
            return
        phrases = texts(browser_language())
        turn = changed(panel, {key: _words(assistant().prompts, key, given.get(key), phrases) for key in panel.shown})
        if turn is None:
            return
        if unread := await unread_conditions(assistant(), turn):
            await cl.context.emitter.send_toast(phrases.say("chips.unread", words=", ".join(unread)), "warning")
            await _show(assistant().prompts, panel, phrases)
        else:
            await start(respond, turn)

    cl.on_settings_update(update)


async def mirror(prompts: Prompts, turn: Turn, understanding: Understanding, chips: Sequence[Chip]) -> None:
    """Show the conditions of this turn, if it looks for something."""
    if understanding.listing is None and not (conditions.is_search(understanding) and not understanding.entities):
        return
    phrases = texts(browser_language())
    conversation().panel = panel = Panel(turn, shown_conditions(understanding, chips, phrases))
    await _show(prompts, panel, phrases)


def _words(prompts: Prompts, key: str, value: Any, phrases: Texts) -> str:
    """A field's value as the words of a condition."""
    if _is_switch(key):
        return label(prompts, key, phrases) if value else ""
    text = str(value or "").strip()[:MOST_WORDS]
    return "" if text == ANY else text


async def _show(prompts: Prompts, panel: Panel, phrases: Texts) -> None:
    await cl.ChatSettings([_widget(prompts, key, words, phrases) for key, words in panel.shown.items()]).send()


def _widget(prompts: Prompts, key: str, words: str, phrases: Texts) -> Any:
    name = label(prompts, key, phrases)
    if _is_switch(key):
        return cl.input_widget.Switch(id=key, label=name, initial=bool(words))
    if key == "status":
        told = [phrases.say(f"statuses.{status}") for status in ("on_sale", "reserved", "sold")]
        items = {phrases.say("statuses.any"): ANY, **{status: status for status in told}}
        return cl.input_widget.Select(id=key, label=name, items=items, initial_value=words or ANY)
    example = attributes()[key].example[phrases.language]
    return cl.input_widget.TextInput(id=key, label=name, initial=words, placeholder=example)


def _is_switch(key: str) -> bool:
    return key in attributes() and attributes()[key].form == "day"
