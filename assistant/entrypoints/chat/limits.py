"""How much one person may ask of the chat: more is answered with a sentence, and by nothing else."""

from __future__ import annotations

import chainlit as cl

from assistant.domain import MOST_QUESTION
from assistant.entrypoints.chat.login import Logins
from assistant.entrypoints.chat.session import browser_language
from assistant.entrypoints.chat.texts import Texts, texts
from assistant.entrypoints.rates import Rate


class Limits:
    """``per_minute`` questions of each person; of each page where nobody logs in (``logins`` None)."""

    def __init__(self, per_minute: int, logins: Logins | None) -> None:
        self._logins = logins
        self._rate = Rate(per_minute)

    def refusal(self, question: str) -> str:
        """Why the page's question is not answered, for the person who asks; empty where it is, and then it counts."""
        session, phrases = cl.context.session, texts(browser_language())
        # Who writes in Slack has logged in there.
        if self._logins and session.client_type == "webapp" and not self._logins.name(session.token):
            return phrases.say("errors.login")
        return self.too_much(question, f"person {session.user.identifier}" if session.user else session.id, phrases)

    def too_much(self, question: str, asker: str, phrases: Texts) -> str:
        """Why a question of ``asker`` is too long or one too many; empty where it is neither."""
        if len(question) > MOST_QUESTION:
            return phrases.say("errors.too_long", most=f"{MOST_QUESTION:,}", count=f"{len(question):,}")
        if wait := self._rate.wait(asker):
            return phrases.say("errors.too_many", most=self._rate.most, seconds=wait)
        return ""
