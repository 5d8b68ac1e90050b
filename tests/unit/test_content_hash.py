"""Hashes decide what is written again: they may not move with how they are computed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date

from assistant.adapters.postgres.documents import canonical, chunk_hash
from assistant.domain import Chunk, Document, HousingAttributes, Nearby, Sentence, UnitType
from ingest import pipeline

CHUNK = Chunk("schedule", "입주는 2027년 3월입니다.", (Sentence("입주.", "It is.", "move_in", ("area:84",)),))
NOTICE = Document(
    "housing",
    "1",
    "독산동 단지",
    "Doksan-dong Complex",
    (CHUNK, Chunk("price", "분양가", ())),
    ("단지",),
    HousingAttributes(
        sigungu="금천구",
        move_in=date(2027, 3, 1),
        unit_types=(UnitType("84.98A", 84.98, 112.5, 30, 95_000),),
        nearby=(Nearby("station", "독산역", "Doksan Station", 450, ("1호선",)),),
        special=(("신혼부부", 3),),
    ),
    "notices.csv",
)


def test_a_hash_is_over_all_fields_but_where_it_is_from() -> None:
    fields = asdict(NOTICE)
    del fields["origin"], fields["chunks"][0]["sentences"][0]["values"]  # nor is there a key for values that are none
    text = json.dumps([pipeline.INDEX_VERSION, fields], ensure_ascii=False, sort_keys=True, default=date.isoformat)
    assert pipeline.content_hash(NOTICE) == hashlib.sha256(text.encode()).digest()
    assert pipeline.content_hash(replace(NOTICE, origin="elsewhere")) == pipeline.content_hash(NOTICE)
    text = json.dumps(fields["chunks"][0], ensure_ascii=False, sort_keys=True)
    assert chunk_hash(CHUNK, canonical(CHUNK.sentences)) == hashlib.sha256(text.encode()).digest()


def test_typed_values_count() -> None:
    """So that the next ingest adds them to what an earlier version stored."""
    typed = tuple(replace(sentence, values=()) for sentence in CHUNK.sentences)
    chunks = (replace(CHUNK, sentences=typed), *NOTICE.chunks[1:])
    assert pipeline.content_hash(replace(NOTICE, chunks=chunks)) != pipeline.content_hash(NOTICE)
