"""What ``budongi assist`` and the HTTP API give of one message, and ``inquiries stats`` of all, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import AliasPath, Field

from assistant.desk import Assisted, DeskFigures
from assistant.domain import Language
from assistant.entrypoints.json_forms.answer import AnswerBody, Form, JsonObject, Rounded


class FaqBody(Form):
    id: str = Field(validation_alias="faq_id")
    question: str
    probability: Rounded


class SimilarBody(Form):
    id: str = Field(validation_alias=AliasPath("inquiry", "id"))
    message: str = Field(validation_alias=AliasPath("inquiry", "message"))
    answer: str = Field(validation_alias=AliasPath("inquiry", "answer"))
    faq: str = Field(validation_alias=AliasPath("inquiry", "faq_id"))
    score: Rounded = Field(validation_alias="cosine")


class ReplyBody(Form):
    """What could be sent; ``[n]`` are the draft's citations. ``holding``: it only says that somebody gets back."""

    text: str
    holding: bool
    notes: list[str]


class AssistBody(Form):
    """What ``budongi assist --json`` prints; everything private in ``message`` is masked."""

    id: str
    message: str
    language: Language
    flags: list[str]
    faq: list[FaqBody]
    none_probability: Rounded
    similar: list[SimilarBody]
    draft: AnswerBody | None
    reply: ReplyBody | None


def assisted_json(id_: str, assisted: Assisted) -> JsonObject:
    """One message as :class:`AssistBody`. ``faq`` is empty where that none fits is likelier than any entry."""
    prediction = assisted.prediction
    form = AssistBody.model_validate(
        {name: getattr(assisted, name) for name in ("message", "language", "flags", "similar", "draft", "reply")}
        | {"id": id_, "faq": prediction.matches if prediction.fits else (), "none_probability": prediction.none}
    )
    return form.model_dump(mode="json")


def figures_json(figures: DeskFigures) -> JsonObject:
    """How drafts fare; ``saved`` is in seconds, null where there is nothing to compare with."""
    entries = [asdict(entry) | {"saved": figures.saved(entry)} for entry in figures.entries]
    return asdict(figures) | {"entries": entries}
