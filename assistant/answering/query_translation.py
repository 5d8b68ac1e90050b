"""A question in other words, by the chat model."""

from __future__ import annotations

import logging

from assistant.answering import prompting
from assistant.errors import ModelError
from assistant.ports import ChatModel
from prompts.loader import Prompts

logger = logging.getLogger(__name__)

MAX_TOKENS = 80
TIMEOUT = 10.0  # seconds


def in_english(prompts: Prompts, question: str, model: ChatModel) -> str:
    """The question in English; as it is where the model fails, for a turn is not worth losing over it."""
    try:
        deltas = model.stream(prompting.to_english(prompts, question), max_tokens=MAX_TOKENS, timeout=TIMEOUT)
        return " ".join("".join(delta.text for delta in deltas).split()) or question
    except ModelError as error:
        logger.info("The question is read as it is, for it could not be put into English: %s", error)
        return question
