"""What the desk's element is given to show, in the agent's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.desk import Assisted, Desk, DeskFigures, Entry
from assistant.domain import MOST_MESSAGE
from assistant.domain.inquiries import LEAST_UNAIDED, Dispute, EntryTally, Tally
from assistant.entrypoints.chat.desk.case import Case
from assistant.entrypoints.chat.texts import Texts
from assistant.retrieval.entry_classifier.features import twin_of

ELEMENT: Final = "Desk"  # public/elements/Desk.jsx


def desk_props(desk: Desk, texts: Texts) -> dict[str, object]:
    """What the element starts with."""
    return {
        "labels": texts.group("desk.labels"),
        "reasons": texts.group("desk.reasons"),
        "columns": list(texts.group("desk.columns").values()),
        "most": MOST_MESSAGE,
        "figures": figure_props(desk, texts),
    }


def figure_props(desk: Desk, texts: Texts) -> dict[str, object]:
    """How drafts fare, and the disputed entries."""
    figures = desk.inquiries.figures()
    told = [row.faq_id for row in figures.entries] + [row.faq_id for row in figures.disputed]
    entries = desk.entries([id_ for id_ in told if id_])
    return {
        "tallies": [_tally(figures.today, "today", texts), _tally(figures.ever, "ever", texts)],
        "rows": [_row(row, figures, entries, texts) for row in figures.entries],
        "basis": _basis(figures, texts),
        "disputed": [_dispute(row, entries, texts) for row in figures.disputed],
    }


def case_props(case: Case, texts: Texts) -> dict[str, object]:
    """What is shown of a message at once: all but the draft."""
    assisted = case.assisted
    prediction = assisted.prediction
    return {
        "case": case.id,
        "message": assisted.message,
        "flags": [_flag(flag, texts) for flag in assisted.flags],
        "entries": [
            {"id": match.faq_id, "question": match.question, "percent": round(match.probability * 100)}
            for match in (prediction.matches if prediction.fits else ())
        ],
        "none": texts.say("desk.none", percent=round(prediction.none * 100)),
        "similar": [
            {
                "basis": f"inquiry:{one.inquiry.id}",
                "faq": one.inquiry.faq_id,
                "message": one.inquiry.message,
                "answer": one.inquiry.answer,
            }
            for one in assisted.similar
        ],
        "rests_on": _likeliest(assisted),
    }


def draft_props(assisted: Assisted, cited: Entry | None, texts: Texts) -> dict[str, object]:
    """The draft once it is there, its sources, and what the agent should know of it.

    ``cited`` is the entry of :func:`unpredicted_entry`, which joins those that are shown.
    """
    answer, reply = assisted.draft, assisted.reply
    assert answer is not None
    assert reply is not None
    notes = list(reply.notes)
    if reply.holding and not answer.abstained:
        notes.append(texts.say("desk.other_language"))
    if answer.degraded:
        notes.append(texts.say("notes.degraded"))
    if answer.dropped:
        notes.append(texts.say("notes.dropped", count=len(answer.dropped)))
    return {
        "text": reply.text,
        "holding": reply.holding,
        "notes": notes,
        "citations": [{"n": one.n, "quote": one.quote, "source": one.source_id} for one in answer.citations],
        "entry": {"id": cited.faq_id, "question": cited.question} if cited else None,
        "rests_on": cited_entry(assisted) or _likeliest(assisted),
    }


def cited_entry(assisted: Assisted) -> str:
    """The help entry that the draft cites first, as the message's prediction names it; empty where it cites none."""
    citations = assisted.draft.citations if assisted.draft else ()
    cited = next((one.source_id for one in citations if one.chunk_id.startswith("faq:")), "")
    predicted = {twin_of(id_): id_ for id_ in _offered(assisted)}
    return predicted.get(twin_of(cited), cited)


def unpredicted_entry(assisted: Assisted) -> str:
    """A help entry that the draft cites and that is not among those shown; empty where there is none."""
    cited = cited_entry(assisted)
    return "" if cited in _offered(assisted) else cited


def _offered(assisted: Assisted) -> list[str]:
    return [match.faq_id for match in assisted.prediction.matches] if assisted.prediction.fits else []


def _likeliest(assisted: Assisted) -> str:
    return assisted.prediction.matches[0].faq_id if assisted.prediction.fits else ""


def _flag(flag: str, texts: Texts) -> dict[str, object]:
    grave = flag in ("abuse", "harassment")
    return {"text": texts.say(f"desk.flags.{flag}"), "grave": grave}


def _tally(tally: Tally, when: str, texts: Texts) -> str:
    return texts.say(
        f"desk.{when}",
        decided=tally.decided,
        accepted=tally.accepted,
        unchanged=tally.unchanged,
        rejected=tally.rejected,
        own=tally.own,
        edited=texts.say("desk.edited", characters=_number(tally.edit_distance)) if tally.accepted else "",
    )


def _row(row: EntryTally, figures: DeskFigures, entries: Mapping[str, Entry], texts: Texts) -> list[str]:
    counts = [str(count) for count in (row.decided, row.accepted, row.unchanged)]
    measures = [_number(value) for value in (row.edit_distance, row.seconds, figures.saved(row))]
    return [_name(row.faq_id, entries, texts), *counts, *measures]


def _dispute(row: Dispute, entries: Mapping[str, Entry], texts: Texts) -> dict[str, str]:
    told = texts.say("desk.disputes", rejected=row.rejected, rewritten=row.rewritten)
    return {"id": row.faq_id, "question": _name(row.faq_id, entries, texts), "told": told}


def _basis(figures: DeskFigures, texts: Texts) -> str:
    """What the seconds saved are measured against, or why there are none."""
    if figures.unaided < LEAST_UNAIDED:
        return texts.say("desk.no_basis", least=LEAST_UNAIDED, count=figures.unaided)
    return texts.say("desk.basis", count=figures.unaided, seconds=_number(figures.unaided_seconds))


def _name(faq_id: str, entries: Mapping[str, Entry], texts: Texts) -> str:
    if not faq_id:
        return texts.say("desk.without_entry")
    return entries[faq_id].question if faq_id in entries else faq_id


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
