"""What the desk's element calls: open a message, draft a reply, look an entry up, decide.

A customer's message comes as an action of the page's own element and never as a message of the chat: Chainlit keeps no
copy of it, and everything that is kept or shown has been masked by then.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import chainlit as cl

from assistant.desk import Decision, Desk, letter, without_marks
from assistant.domain import MOST_MESSAGE, Event, Retrieved
from assistant.entrypoints.chat.access import AGENTS, role_of
from assistant.entrypoints.chat.desk.case import DRAFT, Case, keep, kept
from assistant.entrypoints.chat.desk.props import (
    ELEMENT,
    case_props,
    desk_props,
    draft_props,
    figure_props,
    unpredicted_entry,
)
from assistant.entrypoints.chat.evidence import citation_mark, evidence_markdown
from assistant.entrypoints.chat.markdown import literal
from assistant.entrypoints.chat.session import browser_language
from assistant.entrypoints.chat.texts import Texts, texts
from assistant.entrypoints.streaming import answered
from assistant.errors import BudongiError
from assistant.language.edit_distance import edit_distance
from assistant.language.text import is_korean
from assistant.language.wellformed import wellformed

logger = logging.getLogger(__name__)

Shown = dict[str, Any]


def install_desk(desk: Callable[[], Desk]) -> None:
    """Have the desk's element call back, on the desk of that moment.

    Only agents may: :mod:`assistant.entrypoints.chat.access` says so of each callback.
    """

    async def open_(payload: Shown, phrases: Texts) -> Shown:
        message = _text(payload, "message", MOST_MESSAGE + 1)
        if not message:
            return {"problem": phrases.say("desk.empty")}
        if len(message) > MOST_MESSAGE:
            return {"problem": phrases.say("desk.too_long", most=f"{MOST_MESSAGE:,}")}
        began = time.monotonic()
        case = Case(await asyncio.to_thread(desk().assist, message, draft=False), began)
        keep(case)
        return case_props(case, phrases)

    async def draft(case: Case, _payload: Shown, phrases: Texts) -> Shown:
        now = desk()

        def seen(event: Event) -> None:  # what the draft cites can be shown from then on
            if isinstance(event, Retrieved):
                passages = {result.chunk_id: result for result in event.results}
                case.evidence = {
                    one.n: evidence_markdown(one, passages.get(one.chunk_id), phrases) for one in event.evidence
                }

        answer = await answered(now.assistant, now.reply_to(case.assisted.message), seen)
        case.assisted = now.drafted(case.assisted, answer)
        reply = case.assisted.reply
        if reply and not reply.holding:
            case.offers[DRAFT] = reply.text
        cited = unpredicted_entry(case.assisted)
        entries = await asyncio.to_thread(now.entries, [cited] if cited else [])
        return draft_props(case.assisted, entries.get(cited), phrases)

    async def use_entry(case: Case, payload: Shown, phrases: Texts) -> Shown:
        id_ = _text(payload, "entry")
        entry = (await asyncio.to_thread(desk().entries, [id_])).get(id_)
        if entry is None:
            return {"problem": phrases.say("desk.gone")}
        basis = f"entry:{id_}"
        case.offers[basis] = letter(desk().assistant.prompts, entry.answer, "ko" if is_korean(entry.answer) else "en")
        return {"basis": basis, "text": case.offers[basis]}

    async def show_entry(payload: Shown, phrases: Texts) -> Shown:
        id_ = _text(payload, "entry")
        entry = (await asyncio.to_thread(desk().entries, [id_])).get(id_)
        if entry is None:
            return {"problem": phrases.say("desk.gone")}
        source = phrases.say("evidence.record", domain=phrases.say("domains.faq"), source_id=entry.faq_id)
        content = f"### {literal(entry.question)}\n\n{literal(entry.answer)}\n\n---\n\n{literal(source)}"
        await _show_beside(phrases.say("desk.entry"), content)
        return {}

    async def show_evidence(case: Case, payload: Shown, _phrases: Texts) -> Shown:
        number = payload.get("n")
        if isinstance(number, int) and number in case.evidence:
            await _show_beside(citation_mark(number), case.evidence[number])
        return {}

    async def accept(case: Case, payload: Shown, phrases: Texts) -> Shown:
        answer = without_marks(_text(payload, "answer"))
        if not answer:
            return {"problem": phrases.say("desk.nothing_to_accept")}
        reply = case.assisted.reply
        if reply and reply.holding and answer == reply.text:
            # It answers nothing: a later message must not find it as an answer.
            case.accepted = case.accepted or phrases.say("desk.held")
        elif not case.accepted:
            offer = without_marks(case.offers.get(_text(payload, "basis"), ""))
            if case.rejected and offer == without_marks(case.offers.get(DRAFT, "")):
                offer = ""  # it was turned down: what is accepted now is the agent's own
            seconds = time.monotonic() - case.began
            changed = edit_distance(offer, answer)
            key = "own" if not offer else "edited" if changed else "unchanged"
            case.accepted = phrases.say(f"desk.accepted_{key}", count=changed, seconds=f"{seconds:.0f}")
            try:
                decision = Decision(case.assisted.message, answer, offer, _text(payload, "entry"), seconds)
                await asyncio.to_thread(desk().accept, _with_origin(decision, case, payload))
            except BaseException:
                case.accepted = ""  # it can be tried again
                raise
        return {"told": case.accepted, "figures": await asyncio.to_thread(figure_props, desk(), phrases)}

    async def reject(case: Case, payload: Shown, phrases: Texts) -> Shown:
        reason = _text(payload, "reason")
        offer = case.offers.get(_text(payload, "basis"), "")
        if reason not in phrases.group("desk.reasons") or not offer:
            return {"problem": phrases.say("desk.no_reason")}
        if not case.rejected and not case.accepted:
            case.rejected = phrases.say("desk.noted")
            said = ": ".join(part for part in (reason, _text(payload, "comment", 1000)) if part)
            try:
                decision = Decision(case.assisted.message, "", without_marks(offer), _text(payload, "entry"))
                await asyncio.to_thread(desk().reject, _with_origin(decision, case, payload), said)
            except BaseException:
                case.rejected = ""
                raise
        told = case.rejected or case.accepted
        return {"told": told, "figures": await asyncio.to_thread(figure_props, desk(), phrases)}

    for name, callback in (("desk_open", open_), ("desk_show_entry", show_entry)):
        cl.action_callback(name)(_explained(callback))
    for name, of_case in (
        ("desk_draft", draft),
        ("desk_use_entry", use_entry),
        ("desk_show_evidence", show_evidence),
        ("desk_accept", accept),
        ("desk_reject", reject),
    ):
        cl.action_callback(name)(_explained(_with_case(of_case)))


async def begin(desk: Desk) -> None:
    """Show the desk on a page that was opened with its profile; to others, say that it is not for them."""
    phrases = texts(browser_language())
    if not _is_agent():
        await refuse()
        return
    # Else the first button that is pressed would make a conversation of the page, with an address to come back to.
    cl.context.session.has_first_interaction = True
    props = await asyncio.to_thread(desk_props, desk, phrases)
    await cl.Message(content="", type="system_message", elements=[cl.CustomElement(name=ELEMENT, props=props)]).send()


async def refuse() -> None:
    """Say that the desk takes no messages of the chat, or is for agents alone."""
    key = "desk.paste_there" if _is_agent() else "desk.refused"
    await cl.Message(content=texts(browser_language()).say(key)).send()


def _is_agent() -> bool:
    return role_of(cl.context.session.user) in AGENTS


def _explained(handle: Callable[[Shown, Texts], Awaitable[Shown]]) -> Callable[[Any], Awaitable[Shown]]:
    """A callback that tells what went wrong as ``{"problem"}``, in the page's language."""

    async def callback(action: Any) -> Shown:
        phrases = texts(browser_language())
        try:
            return await handle(action.payload, phrases)
        except BudongiError as error:
            return {"problem": phrases.say("errors.known", message=str(error))}
        except Exception:
            logger.exception("The desk failed in %s", action.name)
            return {"problem": phrases.say("desk.labels.failed")}

    return callback


def _with_case(handle: Callable[[Case, Shown, Texts], Awaitable[Shown]]) -> Callable[[Shown, Texts], Awaitable[Shown]]:
    async def of_case(payload: Shown, phrases: Texts) -> Shown:
        case = kept().get(_text(payload, "case"))
        return await handle(case, payload, phrases) if case else {"problem": phrases.say("desk.forgotten")}

    return of_case


def _with_origin(decision: Decision, case: Case, payload: Shown) -> Decision:
    """What the draft rests on, where the decision is on the assistant's own."""
    answer = case.assisted.draft
    if answer is None or not decision.draft or _text(payload, "basis") != DRAFT:
        return decision
    chunks = tuple(citation.chunk_id for citation in answer.citations)
    return replace(decision, model=answer.model, prompt_version=answer.prompt_version, evidence=chunks)


async def _show_beside(title: str, content: str) -> None:
    await cl.ElementSidebar.set_title(title)
    await cl.ElementSidebar.set_elements([cl.Text(name=title, content=content, display="side")])


def _text(payload: Shown, key: str, most: int = 20_000) -> str:
    """A text that came from the browser, without what no database stores."""
    return str(wellformed(str(payload.get(key) or ""))).strip()[:most]
