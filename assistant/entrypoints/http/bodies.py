"""What the API takes and gives, as its OpenAPI description shows them."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from assistant.domain import (
    MOST_MESSAGE,
    MOST_QUESTION,
    MOST_TURNS,
    ConversationState,
    Domain,
    Language,
    Message,
    Question,
    Role,
    checked_length,
)
from assistant.entrypoints.json_forms.conversation import state_from_json
from assistant.language.wellformed import wellformed

JsonObject = dict[str, Any]


def _said(text: str) -> str:
    if not isinstance(text, str) or text.strip():
        return text
    raise ValueError("this is empty. Write what is asked, in Korean or English.")


def _turn(message: Message) -> Message:
    checked_length(message.content, MOST_QUESTION if message.role == "user" else MOST_MESSAGE)
    return message


_SPOKEN = Field(json_schema_extra={"pattern": r"[^\s\u0000]"})
Said = Annotated[str, BeforeValidator(_said), _SPOKEN]
Asking = Annotated[Said, AfterValidator(checked_length), Field(description=f"at most {MOST_QUESTION:,} characters")]
Written = Annotated[
    Said,
    AfterValidator(partial(checked_length, most=MOST_MESSAGE)),
    Field(description=f"at most {MOST_MESSAGE:,} characters"),
]
Turn = Annotated[Message, AfterValidator(_turn)]


State = Annotated[ConversationState, BeforeValidator(state_from_json)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _readable(cls, value: Any) -> Any:
        return wellformed(value)


class Asked(_Request):
    """A question, and where the conversation stands: what a line of ``budongi ask --batch`` holds."""

    question: Asking
    id: str = Field("", description="echoed in the answer")
    history: list[Turn] = Field(
        [], max_length=MOST_TURNS, description="earlier turns, oldest first; read where there is no state"
    )
    role: Role = "user"
    state: State | None = Field(None, description="`state` of the answer before, edited or not")
    without: list[str] = Field([], description="read-outs to take back, by their keys")
    domain: Domain | None = Field(None, description="where to look if the words leave it open")

    def to_question(self) -> Question:
        return Question(
            self.question,
            tuple(self.history),
            role=self.role,
            id=self.id,
            state=self.state,
            without=tuple(self.without),
            domain=self.domain,
        )


class AskRequest(Asked):
    stream: StrictBool = Field(
        False, description="answer as server-sent events: understood, composed, waiting …, released …, finished"
    )


class SearchRequest(Asked):
    """A question, or the id of a document that others are to be like."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["question"]}, {"required": ["like"]}]})

    question: Asking = ""
    like: Asking = Field("", description="id or source_id of a notice, post or help answer, in place of a question")
    limit: int = Field(10, ge=1, le=100)

    @model_validator(mode="after")
    def _one_of_both(self) -> SearchRequest:
        if bool(self.question) == bool(self.like):
            raise ValueError("give either a question, or in like the id of a document.")
        return self


class AssistRequest(_Request):
    message: Written
    id: str = Field("", description="echoed in the answer")
    draft: StrictBool = Field(True, description="whether to draft a reply")


class Entity(BaseModel):
    id: str
    name_ko: str
    name_en: str


class CitationBody(BaseModel):
    n: int
    source_id: str
    chunk_id: str
    entity_id: str
    quote: str


class DroppedBody(BaseModel):
    sentence: str
    reason: str


class NextBody(BaseModel):
    question: str
    replies: list[str]


class UsageBody(BaseModel):
    input_tokens: int
    output_tokens: int
    cost_usd: float | None = None


class AnswerBody(BaseModel):
    """What ``budongi ask --json`` prints."""

    id: str
    question: str
    answer: str
    language: Language
    domain: Domain | None
    stage: str
    abstained: bool
    degraded: bool
    filters: JsonObject
    entities: list[Entity]
    citations: list[CitationBody]
    dropped: list[DroppedBody]
    state: JsonObject
    next: NextBody | None
    prompt_version: str
    model: str
    timings_ms: dict[str, float]
    usage: UsageBody


class ResultBody(BaseModel):
    rank: int
    score: float
    source_id: str
    chunk_id: str
    entity_id: str
    name_ko: str
    text: str


class SearchBody(BaseModel):
    """What ``budongi search --json`` prints: of a question the first three, of ``like`` itself."""

    id: str = ""
    question: str = ""
    filters: JsonObject = {}
    like: str = ""
    results: list[ResultBody]


class FaqBody(BaseModel):
    id: str
    question: str
    probability: float


class SimilarBody(BaseModel):
    id: str
    message: str
    answer: str
    faq: str
    score: float


class ReplyBody(BaseModel):
    """What could be sent; ``[n]`` are the draft's citations. ``holding``: it only says that somebody gets back."""

    text: str
    holding: bool
    notes: list[str]


class AssistBody(BaseModel):
    """What ``budongi assist --json`` prints; everything private in ``message`` is masked."""

    id: str
    message: str
    language: Language
    flags: list[str]
    faq: list[FaqBody]
    none_probability: float
    similar: list[SimilarBody]
    draft: AnswerBody | None
    reply: ReplyBody | None


EventName = Literal["understood", "composed", "waiting", "released", "finished", "error"]
