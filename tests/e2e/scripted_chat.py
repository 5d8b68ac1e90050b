"""Serves the chat with an assistant that plays a script: what the real one does only when something goes wrong.

Run as a program: ``python scripted_chat.py HOME``. The script is chosen by a word of the question.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.app import serve
from assistant.domain import (
    Answer,
    Dropped,
    Event,
    Evidence,
    Finished,
    Question,
    Released,
    Result,
    Retrieved,
    Sentence,
    Understanding,
    Understood,
    Usage,
)
from assistant.errors import ModelUnavailable
from assistant.settings import Settings

QUOTE = "Complex A has 512 units of 59~84 ㎡ at 3~4억."
HOSTILE = (
    "Prices ![p](http://outside.example/p.png) <img src=http://outside.example/i.png> [here](http://outside.example)"
)


class ScriptedAssistant:
    """Plays by a word of the question, or gives an ordinary answer.

    ``slow``: endless sentences; ``unavailable``, ``bug``: errors; ``hostile``: what documents may hold; ``recall``,
    ``where``: what came with the question.
    """

    def stream(self, question: Question) -> Iterator[Event]:
        text = question.text.lower()
        understanding = Understanding(question.text, "en", "housing", "explore")
        yield Understood(understanding)
        if "unavailable" in text:
            raise ModelUnavailable("The model's server did not answer. Start it, then ask again.")
        if "bug" in text:
            raise ZeroDivisionError("a secret of the implementation")
        passage = Result(
            1, 1.0, "housing:1", "1", "housing:1#supply", "housing", "가 단지", "Complex A", "supply", QUOTE,
            (Sentence("가 단지입니다.", QUOTE), Sentence("둘째 문장입니다.", "A second sentence.")),
            origin="notices.csv",
        )  # fmt: skip
        evidence = Evidence(1, "housing:1", "1", "housing:1#supply", "가 단지", "Complex A", "supply", QUOTE, QUOTE)
        yield Retrieved((passage,), (evidence,))
        released = ""
        for piece in self._pieces(text, question):
            released += piece
            yield Released(piece)
        yield Finished(
            Answer(
                question, released, understanding, abstained=False, degraded=True, entities=(), citations=(),
                dropped=(Dropped("An invented sentence.", "no evidence"),), prompt_version="", model="none",
                timings_ms={}, usage=Usage(),
            )
        )  # fmt: skip

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
        elif "where" in text:
            yield f"domain={question.domain}"
        elif "hostile" in text:
            yield HOSTILE
        else:
            yield f"{QUOTE} [1]"


@contextmanager
def scripted(_settings: Settings) -> Iterator[ScriptedAssistant]:
    try:
        yield ScriptedAssistant()
    finally:
        print("assistant closed", flush=True)


if __name__ == "__main__":
    serve(Settings(home=Path(sys.argv[1]), chat_model="none"), port=0, opener=scripted)
