"""What the API takes, as its OpenAPI description shows it; what it gives stands in json_forms."""

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
    Message,
    Question,
    Role,
    checked_length,
)
from assistant.entrypoints.json_forms.conversation import state_from_json
from assistant.language.wellformed import wellformed


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
    history: tuple[Turn, ...] = Field(
        (), max_length=MOST_TURNS, description="earlier turns, oldest first; read where there is no state"
    )
    role: Role = "user"
    state: State | None = Field(None, description="`state` of the answer before, edited or not")
    without: tuple[str, ...] = Field((), description="read-outs to take back, by their keys")
    domain: Domain | None = Field(None, description="where to look if the words leave it open")

    def to_question(self) -> Question:
        return Question(self.question, self.history, self.role, self.id, self.state, self.without, domain=self.domain)


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


EventName = Literal["understood", "composed", "waiting", "released", "finished", "error"]
