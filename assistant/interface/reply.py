"""One reply on the page: the step that shows the reading, the streamed text, and the evidence behind its citations."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

import chainlit as cl

from assistant.domain import Answer, Domain, Event, Finished, Language, Released, Retrieved, Understanding, Understood
from assistant.interface.evidence import citation_mark, evidence_markdown
from assistant.interface.markdown import answer_markdown
from assistant.interface.profiles import chosen_domain, elsewhere
from assistant.interface.reading import searched_markdown, step_title, understood_markdown
from assistant.interface.texts import Texts, texts


class Reply:
    """Shows a turn's events as they come. Texts are in the browser's language until the question's is known."""

    def __init__(self, language: Language) -> None:
        self._texts: Texts = texts(language)
        # Made before the step is entered, so that it stands beside the step and not inside it.
        self._message = cl.Message(content="")
        self._stack = AsyncExitStack()
        self._step: Any = None
        self._reading = ""
        self._released = ""
        self.answer: Answer | None = None

    @property
    def released(self) -> str:
        """The answer's text so far, as the turn released it."""
        return self._released

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
            case Released(text):
                await self._release(text)
            case Finished(answer):
                await self._finish(answer)

    async def end(self) -> None:
        """Close the step and settle the message, whether the turn finished, failed or was stopped."""
        await self._stack.aclose()
        if self._message.content:
            await self._message.send()

    async def _show_understanding(self, understanding: Understanding) -> None:
        self._texts = texts(understanding.language)
        self._reading = understood_markdown(understanding, self._texts)
        self._step.name = self._texts.say("step.searching")
        self._step.output = self._reading
        await self._step.update()

    async def _show_results(self, event: Retrieved) -> None:
        self._step.name = step_title(event.results, self._texts)
        self._step.output = f"{self._reading}\n\n{searched_markdown(event.results, self._texts)}"
        await self._stack.aclose()
        # Evidence goes ahead of the text, so that a citation is a link from the moment it appears.
        passages = {result.chunk_id: result for result in event.results}
        for evidence in event.evidence:
            content = evidence_markdown(evidence, passages.get(evidence.chunk_id), self._texts)
            element = cl.Text(name=citation_mark(evidence.n), content=content, display="side")
            await element.send(for_id=self._message.id)
        await self._close_side_panel()

    async def _release(self, text: str) -> None:
        if not self._released:
            await self._close_side_panel()
        self._released += text
        await self._message.stream_token(answer_markdown(text))

    async def _finish(self, answer: Answer) -> None:
        self.answer = answer
        if answer.text.strip() != self._released.strip():
            self._released = answer.text
            await self._message.stream_token(answer_markdown(answer.text), is_sequence=True)
        if notes := _notes(answer, chosen_domain(), self._texts):
            await self._message.stream_token("\n\n" + "\n\n".join(f"*{note}*" for note in notes))

    async def _close_side_panel(self) -> None:
        # The page opens its side panel whenever side elements arrive, with those of the whole conversation. A citation
        # should open it, with its own evidence alone.
        await cl.ElementSidebar.set_elements([])


def _notes(answer: Answer, chosen: Domain | None, phrases: Texts) -> list[str]:
    notes = []
    if not answer.abstained and (other := elsewhere(answer.understanding.domain, chosen, phrases)):
        notes.append(other)
    if answer.degraded:
        notes.append(phrases.say("notes.degraded"))
    if answer.dropped:
        notes.append(phrases.say("notes.dropped", count=len(answer.dropped)))
    return notes
