"""The public data as its publishers give it: read in full, and the sample corpus made from it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import PROMPTS

from ingest import make_samples
from ingest.reading import SAMPLES
from ingest.sources import read

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"the public data is not at {SHARED}")


@needs_shared
def test_the_public_data_is_read_in_full() -> None:
    sources = read(PROMPTS, [SHARED / name for name in ("housing", "context", "glossary", "faq")])
    assert len(sources.notices) == 1012
    assert len(sources.house_types) == 5410
    assert len(sources.competition) == 18154
    assert len(sources.scores) == 18387 - 5  # five rows say that nothing is published yet
    assert len(sources.coordinates) == 1007
    assert len(sources.schools) == 4380
    assert len(sources.faqs) == 120
    outside = [reason for path, reason in sources.skipped if path.name == "parks.csv"]
    assert outside == ["line 6231: its coordinate 31.3733, 126.954 is outside Korea"]
    lines = {station.line for station in sources.stations}
    assert {f"{number}호선" for number in range(1, 10)} <= lines
    assert "서울 도시철도 7호선" not in lines
    assert len({(station.name, station.line) for station in sources.stations}) == len(sources.stations)


@needs_shared
def test_the_program_makes_the_sample_again_byte_for_byte(tmp_path: Path) -> None:
    make_samples.main([str(SHARED), str(tmp_path)])
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert len(made) == 13
    assert [name for name in made if (tmp_path / name).read_bytes() != (SAMPLES / name).read_bytes()] == []
