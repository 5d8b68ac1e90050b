"""The JSON forms of answers and searches: the contract that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from assistant.domain import (
    Answer,
    Citation,
    Domain,
    Dropped,
    Language,
    NextQuestion,
    Result,
    Understanding,
)
from assistant.entrypoints.json_forms.conversation import state_json

JsonObject = dict[str, Any]
Rounded = Annotated[float, AfterValidator(lambda share: round(share, 4))]


class Form(BaseModel):
    """A value as JSON: each field is the attribute of its name, or the one that its alias leads to."""

    model_config = ConfigDict(from_attributes=True)


def filters_json(understanding: Understanding) -> JsonObject:
    """Set filters only, dates as ISO text; wishes under ``criteria`` (``{"park": {"within": 800}}``)."""
    given = (understanding.filters if understanding.listing is None else understanding.listing).json()
    if understanding.criteria:
        given["criteria"] = {
            criterion.name if criterion.key in ("special", "list") else criterion.key: {
                name: value for name, value in (("within", criterion.within), ("category", criterion.category)) if value
            }
            for criterion in understanding.criteria
        }
    if understanding.sort:
        given["sort"] = understanding.sort
    return given


def _of_a_home(document_id: str) -> str:
    return document_id if document_id.startswith("housing:") else ""


class Entity(Form):
    id: str
    name_ko: str
    name_en: str


class UsageBody(Form):
    input_tokens: int
    output_tokens: int
    cost_usd: float | None = Field(None, exclude_if=lambda cost: cost is None)


class AnswerBody(Form):
    """What ``budongi ask --json`` prints."""

    id: str = Field(validation_alias=AliasPath("question", "id"))
    question: str = Field(validation_alias=AliasPath("question", "text"))
    answer: str = Field(validation_alias="text")
    language: Language = Field(validation_alias=AliasPath("understanding", "language"))
    domain: Domain | None = Field(validation_alias=AliasPath("understanding", "domain"))
    stage: str = Field(validation_alias=AliasPath("understanding", "stage"))
    abstained: bool
    degraded: bool
    filters: Annotated[JsonObject, BeforeValidator(filters_json)] = Field(validation_alias="understanding")
    entities: list[Entity]
    citations: list[Citation]
    dropped: list[Dropped]
    state: Annotated[JsonObject, BeforeValidator(state_json)]
    next: NextQuestion | None
    prompt_version: str
    model: str
    timings_ms: dict[str, float]
    usage: UsageBody


class ResultBody(Form):
    rank: int
    score: Rounded
    source_id: str
    chunk_id: str
    entity_id: Annotated[str, BeforeValidator(_of_a_home)] = Field(validation_alias="document_id")
    name_ko: str
    text: str


class SearchBody(Form):
    """What ``budongi search --json`` prints: of a question the first three, of ``like`` itself."""

    id: str = ""
    question: str = ""
    filters: JsonObject = {}
    like: str = ""
    results: list[ResultBody]


def answer_json(answer: Answer) -> JsonObject:
    """An answer as :class:`AnswerBody`."""
    return AnswerBody.model_validate(answer).model_dump(mode="json")


def search_json(id_: str, question: str, understanding: Understanding, results: Sequence[Result]) -> JsonObject:
    """What was found for a question, as :class:`SearchBody`."""
    return _search_json(id=id_, question=question, filters=filters_json(understanding), results=results)


def similar_json(id_: str, results: Sequence[Result]) -> JsonObject:
    """What is like a document, as :class:`SearchBody`."""
    return _search_json(like=id_, results=results)


def _search_json(**found: object) -> JsonObject:
    return SearchBody.model_validate(found).model_dump(mode="json", exclude_unset=True)
