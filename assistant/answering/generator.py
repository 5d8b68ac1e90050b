"""What the chat model writes: released sentence by sentence where its claims hold, asked for once more where not."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.answering import prompting
from assistant.answering.draft import Clock, Draft
from assistant.answering.grounding import FREE_TEXT, Grounded, Grounder, sentences
from assistant.domain import Dropped, Event, Evidence, Understanding, Waiting
from assistant.errors import ModelError, ModelLoading
from assistant.language.text import squeeze
from assistant.ports import ChatModel, Delta, Prompt
from assistant.retrieval.retriever import wanted_facets

logger = logging.getLogger(__name__)

MAX_TOKENS = 320
# A model is asked once more for what it got wrong, unless its first try took longer than this.
RETRY_WITHIN = 4.0  # seconds
RETRY_TOKENS = 160


@dataclass(frozen=True)
class Generation:
    """One turn's use of the chat model.

    ``timeout``: seconds that the whole turn may take. ``checked``: a sentence is released only where its claims hold;
    else as it was written.
    """

    model: ChatModel
    prompt: Prompt
    understanding: Understanding
    chosen: Sequence[Evidence]
    grounder: Grounder
    timeout: float
    checked: bool = True

    def run(self, draft: Draft, clock: Clock) -> Iterator[Event]:
        """Release into ``draft`` what holds; a model that fails leaves its error there."""
        began = time.perf_counter()
        ground_before = clock.spent["ground"]
        try:
            yield from self._written(self.prompt, MAX_TOKENS, draft, clock)
            asked = wanted_facets(self.understanding)
            missing = [item for item in self.chosen if item.facet in asked and not draft.answers(item)]
            if draft.dropped and (missing or not draft.cited) and time.perf_counter() - began < RETRY_WITHIN:
                again = prompting.again(self.grounder.prompts, self.prompt, draft.dropped, self.understanding.language)
                yield from self._written(again, RETRY_TOKENS, draft, clock)
        except ModelLoading as error:
            draft.problem = error
        except ModelError as error:
            logger.info("The answer is composed, for the chat model failed: %s", error)
            draft.problem = error
        finally:
            grounding = clock.spent["ground"] - ground_before
            clock.spent["generate"] = (time.perf_counter() - began) * 1000 - grounding

    def _written(self, prompt: Prompt, max_tokens: int, draft: Draft, clock: Clock) -> Iterator[Event]:
        timeout, waited, began = self.timeout - clock.seconds, clock.waited, time.perf_counter()
        deltas = iter(self.model.stream(prompt, max_tokens=max_tokens, timeout=timeout))
        first = yield from _in_line(deltas, clock)
        written = _tokens(chain(first, deltas), began + clock.waited - waited, draft, clock)
        several = len({item.document_id for item in self.chosen if item.facet not in FREE_TEXT}) > 1
        for sentence in sentences(written, self.grounder.marks):
            if not self.checked:
                yield draft.append_as_written(sentence, self.grounder.cited(sentence))
                continue
            with clock.step("ground"):
                checked = self.grounder.check(sentence)
            if isinstance(checked, Dropped):
                draft.dropped.append(checked)
            elif not _repeats(checked, draft):
                bullet = several or sentence.lstrip().startswith(("-", "*", "•"))
                yield draft.release(checked.text, checked.evidence, bullet=bullet)


def _in_line(deltas: Iterator[Delta], clock: Clock) -> Generator[Event, None, tuple[Delta, ...]]:
    """Tell how many are before this question until the model turns to it; what it gave first, if anything."""
    began, before = time.perf_counter(), clock.waited
    for delta in deltas:
        if not delta.ahead:
            return (delta,)
        clock.waited = before + time.perf_counter() - began
        yield Waiting(delta.ahead)
    return ()


def _tokens(deltas: Iterable[Delta], began: float, draft: Draft, clock: Clock) -> Iterator[str]:
    for delta in deltas:
        if delta.usage:
            draft.usage += delta.usage
        if delta.text:
            if not clock.spent["first_token"]:
                clock.spent["first_token"] = (time.perf_counter() - began) * 1000
            yield delta.text


def _repeats(checked: Grounded, draft: Draft) -> bool:
    return squeeze(checked.text) in squeeze(draft.text)
