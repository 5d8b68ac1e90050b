"""From results to evidence: :func:`select` is the way in; ``background`` is what is true of all apartments."""

from assistant.answering.evidence.predicted import may_be_an_entry, of_prediction
from assistant.answering.evidence.selection import select
from assistant.answering.evidence.shared_facts import of_facts as background

__all__ = ["background", "may_be_an_entry", "of_prediction", "select"]
