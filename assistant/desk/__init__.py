"""The agent's desk: :class:`Desk` is the way in."""

from assistant.desk.desk import Desk
from assistant.inquiries import Assisted, Decision, FaqMatch, Inquiries, Inquiry, Prediction, SimilarInquiry

__all__ = ["Assisted", "Decision", "Desk", "FaqMatch", "Inquiries", "Inquiry", "Prediction", "SimilarInquiry"]
