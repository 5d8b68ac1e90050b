"""The agent's desk: :class:`Desk` is the way in."""

from assistant.desk.desk import Desk
from assistant.desk.reply import house_reply, letter, without_marks
from assistant.domain.inquiries import (
    Assisted,
    Decision,
    DeskFigures,
    Entry,
    FaqMatch,
    Inquiry,
    Prediction,
    Reply,
    SimilarInquiry,
)

__all__ = [
    "Assisted",
    "Decision",
    "Desk",
    "DeskFigures",
    "Entry",
    "FaqMatch",
    "Inquiry",
    "Prediction",
    "Reply",
    "SimilarInquiry",
    "house_reply",
    "letter",
    "without_marks",
]
