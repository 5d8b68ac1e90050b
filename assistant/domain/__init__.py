"""The words this project thinks in, as frozen dataclasses. No I/O, no library types.

Units are fixed here once: distances in metres, areas in square metres, prices in 만원 (10,000 won), months as the first
day of the month. Import them from here; each file holds one subject.
"""

from assistant.domain.answers import Answer, Citation, Dropped, Loading, NextQuestion, Rating, Usage
from assistant.domain.conditions import Criterion, Filters, ListingFilters
from assistant.domain.conversation import (
    Carried,
    ConversationState,
    EntityName,
    HomeSearch,
    Message,
    PostSearch,
    Question,
    Reading,
    Role,
    Stage,
)
from assistant.domain.documents import (
    WALKING_KINDS,
    Chunk,
    Document,
    Domain,
    HousingAttributes,
    Language,
    ListingAttributes,
    ListingStatus,
    Nearby,
    Sentence,
    UnitType,
)
from assistant.domain.events import Composed, Event, Finished, Released, Retrieved, Understood, Waiting
from assistant.domain.evidence import Candidate, Complex, Evidence, Result
from assistant.domain.lengths import MOST_MESSAGE, MOST_QUESTION, MOST_TURNS, checked_length
from assistant.domain.understood import Intent, Understanding, Unmatched
from assistant.domain.values import Unit, Value

__all__ = [
    "MOST_MESSAGE",
    "MOST_QUESTION",
    "MOST_TURNS",
    "WALKING_KINDS",
    "Answer",
    "Candidate",
    "Carried",
    "Chunk",
    "Citation",
    "Complex",
    "Composed",
    "ConversationState",
    "Criterion",
    "Document",
    "Domain",
    "Dropped",
    "EntityName",
    "Event",
    "Evidence",
    "Filters",
    "Finished",
    "HomeSearch",
    "HousingAttributes",
    "Intent",
    "Language",
    "ListingAttributes",
    "ListingFilters",
    "ListingStatus",
    "Loading",
    "Message",
    "Nearby",
    "NextQuestion",
    "PostSearch",
    "Question",
    "Rating",
    "Reading",
    "Released",
    "Result",
    "Retrieved",
    "Role",
    "Sentence",
    "Stage",
    "Understanding",
    "Understood",
    "Unit",
    "UnitType",
    "Unmatched",
    "Usage",
    "Value",
    "Waiting",
    "checked_length",
]
