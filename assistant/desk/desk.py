"""An agent's desk: a customer's message in, and what helps to answer it out; what the agent accepts is learned."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.turn import Assistant
from assistant.desk.abuse import abuse_in
from assistant.desk.contacts import without_contacts
from assistant.desk.reply import house_reply
from assistant.domain import Answer, Language, Question
from assistant.domain.inquiries import Assisted, Decision, Entry, Inquiry, Prediction, SimilarInquiry
from assistant.errors import InputError
from assistant.language.masking import find_private, mask
from assistant.language.text import is_korean
from assistant.ports import Inquiries
from assistant.retrieval.entry_classifier import EntryPredictor
from assistant.retrieval.entry_classifier.features import twin_of

SHOWN = 3  # of these, what an agent is shown
ALIKE = 0.45  # cosine below which an inquiry that another entry answered is about something else


@dataclass(frozen=True)
class Desk:
    """Everything is masked on the way in: neither stores nor models see what is private."""

    assistant: Assistant
    inquiries: Inquiries

    @property
    def predictor(self) -> EntryPredictor:
        """What predicts the help entry."""
        return EntryPredictor(self.assistant.store, self.inquiries)

    def assist(self, message: str, *, draft: bool = True) -> Assisted:
        """What an agent needs to answer ``message``; ``draft=False`` leaves the drafted reply out.

        Raises:
            InputError: the message is empty.
        """
        text = unicodedata.normalize("NFC", message).strip()
        if not text:
            raise InputError("The message is empty. Give the customer's message.")
        kinds = dict.fromkeys(item.kind for item in find_private(text))
        masked, language = mask(text), _language(text)
        asked = without_contacts(masked)
        vector, terms = self.assistant.embedding.embed_query(asked), self.assistant.tokenizer.terms(asked)
        prediction, similar = self.predictor.predict(vector, terms, language)
        found = Assisted(
            masked,
            language,
            (*kinds, *abuse_in(text)),
            prediction,
            tuple(_alike(similar, prediction, language))[:SHOWN],
        )
        return self.drafted(found, self.assistant.ask(self.reply_to(masked))) if draft else found

    @staticmethod
    def reply_to(masked: str) -> Question:
        """What the assistant is asked for the draft of a reply to a masked message."""
        return Question(without_contacts(masked), role="agent")

    def drafted(self, assisted: Assisted, answer: Answer) -> Assisted:
        """With the draft, and what could be sent of it."""
        return replace(assisted, draft=answer, reply=house_reply(self.assistant.prompts, answer, assisted.language))

    def entries(self, faq_ids: Sequence[str]) -> dict[str, Entry]:
        """The help entries of these ids, less those that there are none of."""
        found: dict[str, Entry] = {}
        for chunk in self.assistant.store.chunks_of([f"faq:{id_}" for id_ in faq_ids]) if faq_ids else ():
            if chunk.topic == "faq":
                sentences = (one.en if chunk.language == "en" else one.ko for one in chunk.sentences)
                answer = " ".join(sentence.strip() for sentence in sentences)
                found[chunk.source_id] = Entry(chunk.source_id, chunk.name_ko, answer)
        return found

    def accept(self, decision: Decision) -> Inquiry:
        """Keep the answer an agent accepted; the next message like this one finds it.

        Raises:
            InputError: message or answer is empty.
        """
        message, answer = mask(decision.message.strip()), mask(decision.answer.strip())
        if not message or not answer:
            raise InputError("An accepted answer needs the customer's message and the answer. Give both.")
        inquiry = Inquiry(f"I{uuid.uuid4().hex[:12]}", message, _language(message), answer, decision.faq_id)
        self.learn(inquiry, replace(decision, draft=mask(decision.draft)))
        return inquiry

    def reject(self, decision: Decision, reason: str = "") -> None:
        """Note that a draft was turned down, masked."""
        masked = replace(decision, message=mask(decision.message), answer="", draft=mask(decision.draft))
        self.inquiries.reject(masked, mask(reason))

    def learn(self, inquiry: Inquiry, decision: Decision | None = None) -> None:
        """Make an inquiry findable; its texts are masked already."""
        vector = self.assistant.embedding.embed_query(inquiry.message)
        self.inquiries.put(inquiry, vector, self.assistant.tokenizer.terms(inquiry.message), decision)


def _alike(similar: Sequence[SimilarInquiry], prediction: Prediction, language: Language) -> list[SimilarInquiry]:
    """Inquiries that the predicted entry answered, first those whose answers are in the customer's language, then
    others near in meaning."""
    entry = twin_of(prediction.matches[0].faq_id) if prediction.fits else ""
    same = [item for item in similar if entry and twin_of(item.inquiry.faq_id) == entry]
    same.sort(key=lambda item: item.inquiry.language != language)
    return same + [item for item in similar if item not in same and item.cosine >= ALIKE]


def _language(text: str) -> Language:
    return "ko" if is_korean(text) else "en"
