"""Serves the chat with an assistant that plays a script: what the real one does only when something goes wrong.

Run as a program: ``python scripted_chat.py HOME [USERS [SETTINGS]]``; with a file of users, for all who can reach it;
SETTINGS are more of them as JSON. A word of the question chooses the script.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

from fpdf import FPDF
from limits.storage import memory

from assistant.adapters.pages.source import draw
from assistant.adapters.postgres.pool import open_pool
from assistant.answering.turn import Assistant
from assistant.bootstrap import Service
from assistant.desk import Desk
from assistant.domain import (
    Answer,
    Carried,
    Citation,
    Complex,
    Composed,
    ConversationState,
    Criterion,
    Dropped,
    EntityName,
    Event,
    Evidence,
    Filters,
    Finished,
    HomeSearch,
    Language,
    Nearby,
    NextQuestion,
    Question,
    Rating,
    Reading,
    Released,
    Result,
    Retrieved,
    Sentence,
    Understanding,
    Understood,
    Usage,
    Waiting,
)
from assistant.domain.inquiries import DeskFigures, Tally
from assistant.entrypoints import rates
from assistant.entrypoints import server as app
from assistant.errors import ModelUnavailable
from assistant.ports import Inquiries
from assistant.settings import Settings
from ingest.curation import create_curation
from prompts.loader import Prompts

QUOTE = "Complex A has 512 units of 59~84 ㎡ at 3~4억."
RULE = "Guests park for four hours without charge."
HOSTILE = (
    "Prices ![p](http://outside.example/p.png) <img src=http://outside.example/i.png> [here](http://outside.example)"
)


PARK = Nearby("park", "가 공원", "Park A", 320, category="근린공원")
STATION = Nearby("station", "가역", "Station A", 540, lines=("7호선",))
HOMES = (
    Complex(
        "housing:1", "가 단지", "Complex A", "Geumcheon-gu", 512, date(2031, 5, 1), date(2020, 1, 1), "sale",
        30_000, 40_000, (PARK, STATION),
    ),
    Complex("housing:2", "나 단지", "Complex B", "Guro-gu", None, None, None, "rental", None, None, (PARK,)),
)  # fmt: skip


class ScriptedAssistant:
    """Plays by a word of the question, or gives an ordinary answer.

    ``slow``: endless sentences; ``unavailable``, ``bug``: errors; ``hostile``: what documents may hold; ``recall``,
    ``where``: what came with the question; ``crowd``: others are answered first; ``park``: a search that finds two
    homes; ``pdf``: page 2 of a document; ``reword``, ``stands``: a composed answer comes first, another or the same.
    """

    prompts = Prompts.read()

    def stream(self, question: Question) -> Iterator[Event]:
        text = question.text.lower()
        understanding = self.understand(question)
        if "new topic" in text:
            before = question.state or ConversationState()
            understanding = replace(understanding, domain="listing", carried=Carried(before))
        yield Understood(understanding)
        if "unavailable" in text:
            raise ModelUnavailable("The model's server did not answer. Start it, then ask again.")
        if "bug" in text:
            raise ZeroDivisionError("a secret of the implementation")
        quote = RULE if "pdf" in text else QUOTE
        document = "document:notice" if "pdf" in text else "housing:1"
        chunk = "document:notice#p2-1" if "pdf" in text else "housing:1#supply"
        passage = Result(
            1, 1.0, document, "1", chunk, "housing", "가 단지", "Complex A", "supply", quote,
            (Sentence("가 단지입니다.", quote), Sentence("둘째 문장입니다.", "A second sentence.")),
            origin="/srv/private/notice.pdf" if "pdf" in text else "notices.csv",
        )  # fmt: skip
        evidence = Evidence(1, document, "1", chunk, "가 단지", "Complex A", "supply", quote, quote)
        yield Retrieved((passage,), (evidence,))
        answer = self._answer(question, understanding, Citation(1, "1", chunk, document, quote))
        if "reword" in text or "stands" in text:
            yield Composed(replace(answer, text=f"{QUOTE} [1]", dropped=()))
        if "crowd" in text:
            yield Waiting(2)
            time.sleep(3)
        released = ""
        for piece in self._pieces(text, question):
            released += piece
            yield Released(piece)
        yield Finished(replace(answer, text=released))

    @staticmethod
    def _answer(question: Question, understanding: Understanding, citation: Citation) -> Answer:
        homes = HOMES if understanding.criteria else ()
        return Answer(
            question, "", understanding, abstained=False, degraded=True,
            entities=tuple(EntityName(home.id, home.name_ko, home.name_en) for home in homes),
            citations=(citation,) if homes or citation.entity_id == "document:notice" else (),
            dropped=(Dropped("An invented sentence.", "no evidence"),), prompt_version="v1", model="none",
            timings_ms={}, usage=Usage(),
            state=ConversationState(domain="housing", search=HomeSearch(understanding.filters)),
            next=NextQuestion("What is your budget?", ("up to 600 million won", "over 600 million won")),
        )  # fmt: skip

    def understand(self, question: Question) -> Understanding:
        understanding = Understanding(question.text, "en", "housing", "explore")
        return self._search(question, understanding) if "park" in question.text.lower() else understanding

    def complexes(self, names: Sequence[EntityName], language: Language) -> list[Complex]:
        assert language == "en"
        return [home for home in HOMES if home.id in {name.id for name in names}]

    def page(self, document_id: str, number: int, quote: str) -> bytes | None:
        assert (document_id, number, quote) == ("document:notice", 2, RULE)
        pdf = FPDF()
        for text in ("Opening hours", f"Parking\n\n{RULE} Then each ten minutes cost 500 won."):
            pdf.add_page()
            pdf.set_font("helvetica", size=16)
            pdf.multi_cell(0, 9, text)
        with TemporaryDirectory() as folder:
            pdf.output(f"{folder}/notice.pdf")
            return draw(Path(folder) / "notice.pdf", number, quote)

    def rate(self, rating: Rating, answer: Answer) -> None:
        words = f"{rating.helpful} {rating.reason} {rating.comment!r} of {answer.prompt_version}"
        print(f"rated {words} by {rating.rated_by!r}", flush=True)

    @staticmethod
    def _search(question: Question, understanding: Understanding) -> Understanding:
        """A search in a district and near a park, less what is taken back; a district with "gu" is read anew."""
        kept = {"sigungu", "near-park"} - set(question.without)
        district = next((one.words for one in question.instead if one.words.endswith("-gu")), "Geumcheon")
        nearer = {one.key: one.words for one in question.instead}.get("near-park", "800m")
        return replace(
            understanding,
            filters=Filters(sigungus=("금천구",)) if "sigungu" in kept else Filters(),
            criteria=(Criterion("park", int(nearer.removesuffix("m")), name="near-park"),)
            if "near-park" in kept
            else (),
            readings=(Reading("sigungu", district), Reading("near-park", nearer)) if "sigungu" in kept else (),
            carried=Carried(question.state or ConversationState()),
        )

    def _pieces(self, text: str, question: Question) -> Iterator[str]:
        if "slow" in text:
            try:
                for number in range(600):
                    yield f"Sentence {number}. "
                    time.sleep(0.1)
            finally:
                print("generator closed", flush=True)
        elif "recall" in text:
            yield "Remembered: " + " / ".join(f"{message.role}={message.content}" for message in question.history)
        elif "reword" in text:
            yield "In other words: 512 homes. [1]"
        elif "where" in text:
            yield f"domain={question.domain}"
        elif "hostile" in text:
            yield HOSTILE
        else:
            yield f"{RULE if 'pdf' in text else QUOTE} [1]"


class NoInquiries:
    """Past inquiries of a desk that nothing has come to yet."""

    def figures(self) -> DeskFigures:
        none = Tally(0, 0, 0, 0, 0, None, None)
        return DeskFigures(none, none, (), (), 0, None)


@contextmanager
def scripted(settings: Settings) -> Iterator[Service]:
    """Without a store, but where people log in: their conversations are kept."""
    try:
        with open_pool(settings) if settings.auth_users and settings.history_days else nullcontext() as pool:
            desk = Desk(cast(Assistant, ScriptedAssistant()), cast(Inquiries, NoInquiries()))
            yield Service(lambda: desk, pool)
    finally:
        print("assistant closed", flush=True)


if __name__ == "__main__":
    users = Path(sys.argv[2]) if sys.argv[2:] and sys.argv[2] else None
    more = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    host = "0.0.0.0" if users and "auth_header" not in more else "127.0.0.1"
    settings = Settings(home=Path(sys.argv[1]), chat_model="none", auth_users=users, **more)
    later = settings.home / "later"  # a test writes how many seconds have gone by for those who log in
    clock = SimpleNamespace(time=lambda: time.time() + (float(later.read_text()) if later.exists() else 0))
    memory.time = rates.time = clock
    app.serve(settings, host, 0, opener=scripted, curation=create_curation)
