"""One reply on the page: the step that shows the reading, the streamed text, and the evidence behind its citations."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import chainlit as cl

from assistant.answering.turn import Assistant
from assistant.domain import (
    Answer,
    Composed,
    Event,
    Evidence,
    Finished,
    Language,
    Released,
    Retrieved,
    Understanding,
    Understood,
    Waiting,
)
from assistant.entrypoints.chat.cards import CANDIDATES, card_props, shows_cards
from assistant.entrypoints.chat.chips import UNDERSTOOD, chip_props, chips
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.evidence import citation_mark, evidence_markdown, page_markdown, page_of
from assistant.entrypoints.chat.markdown import answer_markdown
from assistant.entrypoints.chat.notes import notes
from assistant.entrypoints.chat.offers import FOLLOWUPS, TOOLS, followup_props, tool_props
from assistant.entrypoints.chat.panel import mirror
from assistant.entrypoints.chat.reading import searched_markdown, step_title, understood_markdown
from assistant.entrypoints.chat.session import chosen_domain
from assistant.entrypoints.chat.texts import Texts, texts
from assistant.language.ko import time as korean_time


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation opens: the evidence, the text shown for it, and the element it is shown in."""

    evidence: Evidence
    content: str
    element_id: str


class Reply:
    """Shows a turn's events as they come. Texts are in the browser's language until the question's is known."""

    def __init__(self, turn: Turn, assistant: Assistant, language: Language) -> None:
        """``turn`` keeps what is shown and the answer; ``assistant`` tells what the cards show."""
        self._turn = turn
        self._assistant = assistant
        self._texts: Texts = texts(language)
        # Made before the step is entered, so that it stands beside the step and not inside it.
        self._message = cl.Message(content="")
        self._stack = AsyncExitStack()
        self._step: Any = None
        self._reading = ""
        self._found = ""
        self._evidence: dict[int, Cited] = {}
        self._paged: set[int] = set()  # citations whose pages are shown

    async def begin(self) -> None:
        """Show at once that the question is being read."""
        self._step = cl.Step(name=self._texts.say("step.reading"), type="tool", icon="search", show_input=False)
        await self._stack.enter_async_context(self._step)

    async def show(self, event: Event) -> None:
        match event:
            case Understood(understanding):
                await self._show_understanding(understanding)
            case Retrieved():
                await self._show_results(event)
            case Composed(answer):
                await self._stand(answer)
            case Waiting(ahead):
                await self._show_place(ahead)
            case Released(text):
                await self._release(text)
            case Finished(answer):
                self._turn.wording = False
                await self._show_whole(answer)

    async def end(self) -> None:
        """Close the step and settle the message, whether the turn finished, failed or was stopped."""
        self._turn.wording = False
        await self._stack.aclose()
        await self._show_place(0)
        if self._message.content:
            await self._message.send()
        if self._turn.answer:
            await self._show_pages(self._turn.answer)
            await self._offer(self._turn.answer)

    async def _show_understanding(self, understanding: Understanding) -> None:
        self._texts = texts(understanding.language)
        self._reading = understood_markdown(self._assistant.prompts, understanding, self._texts)
        self._step.name = self._texts.say("step.searching")
        self._step.output = self._reading
        await self._step.update()
        shown = chips(self._assistant.prompts, understanding, self._texts)
        await mirror(self._assistant.prompts, self._turn, understanding, shown)
        if shown:
            props = chip_props(self._turn, shown, self._texts)
            element = cl.CustomElement(name=UNDERSTOOD, props=props)
            # A message of its own: what belongs to the answer's message stands below its text.
            await cl.Message(content="", type="system_message", elements=[element]).send()

    async def _show_results(self, event: Retrieved) -> None:
        self._found = step_title(event.results, self._texts)
        self._step.name = self._found
        self._step.output = f"{self._reading}\n\n{searched_markdown(event.results, self._texts)}"
        await self._stack.aclose()
        # Evidence goes ahead of the text, so that a citation is a link from the moment it appears.
        passages = {result.chunk_id: result for result in event.results}
        for evidence in event.evidence:
            content = evidence_markdown(evidence, passages.get(evidence.chunk_id), self._texts)
            element = cl.Text(name=citation_mark(evidence.n), content=content, display="side")
            await element.send(for_id=self._message.id)
            self._evidence[evidence.n] = Cited(evidence, content, element.id)
        await self._close_side_panel()

    async def _show_place(self, ahead: int) -> None:
        """Say how many questions are answered before this one; at 0, that a model words it, or again what was found."""
        settled = self._texts.say("step.wording") if self._turn.wording else self._found
        title = self._texts.say("step.waiting", ahead=str(ahead)) if ahead else settled
        if title and self._step.name != title:
            self._step.name = title
            await self._step.update()

    async def _release(self, text: str) -> None:
        await self._show_place(0)
        if self._turn.wording:
            return  # a whole answer stands: what takes its place does so at once
        if not self._turn.released:
            await self._close_side_panel()
        self._turn.released += text
        await self._message.stream_token(answer_markdown(text))

    async def _stand(self, answer: Answer) -> None:
        """Show a whole answer while a model words it: whoever stops that, or asks on, keeps this one."""
        if not self._turn.released:
            await self._close_side_panel()
        self._turn.wording = True
        await self._show_whole(answer)
        await self._show_place(0)
        await self._show_pages(answer)

    async def _show_whole(self, answer: Answer) -> None:
        """The answer and its notes in place of what is shown, where that is anything else."""
        told = notes(answer, chosen_domain(), self._texts, self._turn.answer)
        self._turn.answer, self._turn.released = answer, answer.text
        whole = "\n\n".join([answer_markdown(answer.text), *(f"*{note}*" for note in told)])
        if whole != self._message.content:
            await self._message.stream_token(whole, is_sequence=True)

    async def _show_pages(self, answer: Answer) -> None:
        """Put the page of its PDF under the evidence of each citation that has one."""
        shown = False
        for n in ({citation.n for citation in answer.citations} & self._evidence.keys()) - self._paged:
            self._paged.add(n)
            cited = self._evidence[n]
            page = page_of(cited.evidence)
            if page is None:
                continue
            evidence = cited.evidence
            png = await asyncio.to_thread(self._assistant.page, evidence.document_id, page, evidence.quote)
            if png is None:
                continue
            session = cl.context.session
            file = await session.persist_file(name=f"{page}.png", mime="image/png", content=png)
            picture = page_markdown(page, f"/project/file/{file['id']}?session_id={session.id}", self._texts)
            content = f"{cited.content}\n\n{picture}"
            element = cl.Text(id=cited.element_id, name=citation_mark(n), content=content, display="side")
            await element.send(for_id=self._message.id)
            shown = True
        if shown:
            await self._close_side_panel()

    async def _offer(self, answer: Answer) -> None:
        """What stands below the text: what may be asked next, the homes as cards, and the tools."""
        if offered := followup_props(self._turn.id, answer, self._texts):
            await cl.CustomElement(name=FOLLOWUPS, props=offered).send(for_id=self._message.id)
        if shows_cards(answer):
            language = self._texts.language
            complexes = await asyncio.to_thread(self._assistant.complexes, answer.entities, language)
            if len(complexes) > 1:
                props = card_props(answer, complexes, korean_time.today(), self._texts)
                await cl.CustomElement(name=CANDIDATES, props=props).send(for_id=self._message.id)
        props = tool_props(self._turn.id, korean_time.today(), self._texts)
        await cl.CustomElement(name=TOOLS, props=props).send(for_id=self._message.id)

    async def _close_side_panel(self) -> None:
        # The page opens its side panel whenever side elements arrive, with those of the whole conversation. A citation
        # should open it, with its own evidence alone.
        await cl.ElementSidebar.set_elements([])
