"""전국도시공원 standard data: one row per park. Areas in ㎡."""

from __future__ import annotations

from ingest.records import Park
from ingest.sources.facilities import facilities, has_trail
from ingest.sources.problems import LeftOut
from ingest.sources.tables import CsvForm, Row

_FACILITY_COLUMNS = tuple(f"공원보유시설({kind}시설)" for kind in ("운동", "유희", "편익", "교양", "기타"))


def parse(row: Row) -> Park:
    latitude, longitude = row.place("위도", "경도")
    name = row.text("공원명")
    if not name:
        raise LeftOut(f"line {row.line}: a park without a name")
    found = facilities(*(row.text(column) for column in _FACILITY_COLUMNS))
    return Park(
        name=name,
        kind=row.text("공원구분"),
        address=row.text("소재지도로명주소") or row.text("소재지지번주소"),
        latitude=latitude,
        longitude=longitude,
        area=row.decimal("공원면적") or None,
        facilities=found,
        trail=has_trail(found),
    )


FORM = CsvForm(
    name="전국도시공원 parks",
    domain="",
    columns=(
        "공원명",
        "공원구분",
        "소재지도로명주소",
        "소재지지번주소",
        "위도",
        "경도",
        "공원면적",
        *_FACILITY_COLUMNS,
    ),
    parse=parse,
)
