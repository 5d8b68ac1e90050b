"""Other names that people call a complex by: without qualifiers, spaced differently, by dong and brand."""

from __future__ import annotations

import re
from typing import Final

from ingest.address import Address

# Words of a notice's title that say what the notice is, not what the complex is called.
_NOTICE_WORDS = re.compile(
    r"\s*(?:추가\s*)?(?:예비)?(?:입주자\s*)?(?:추가\s*)?모집(?:공고)?|\s*잔여세대|\s*공가세대|\s*일반분양|\s*본\s?청약|\s*사전\s?청약"
    r"|\s*신혼희망타운|\s*공공분양(?:주택)?|\s*행복주택|\s*국민임대(?:주택)?|\s*아파트$"
)
# A site as its developer calls it: 부천대장 A-6BL, 부천괴안지구 B-2블록.
_SITE = re.compile(r"[가-힣]{2,}[0-9]? ?[A-Z]{1,2}-?[0-9]+(?:-[0-9]+)?(?:BL|블록|블럭)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Brands that people join to the dong (독산동 롯데캐슬); matched with any spacing. Longer first where one holds another.
BRANDS: Final = (
    "힐스테이트",
    "푸르지오",
    "e편한세상",
    "롯데캐슬",
    "제일풍경채",
    "서희스타힐스",
    "더샵",
    "호반써밋",
    "아이파크",
    "중흥S-클래스",
    "한신더휴",
    "경남아너스빌",
    "디에트르",
    "우미린",
    "금강펜테리움",
    "대광로제비앙",
    "한라비발디",
    "포레나",
    "수자인",
    "래미안",
    "모아엘가",
    "휴먼빌",
    "파밀리에",
    "하늘채",
    "에피트",
    "센트레빌",
    "두산위브",
    "해링턴 플레이스",
    "금호어울림",
    "칸타빌",
    "엘리프",
    "파라곤",
    "라온프라이빗",
    "데시앙",
    "브라운스톤",
    "예미지",
    "르엘",
    "디에이치",
    "아크로",
    "자이",
    "SK VIEW",
    "SK뷰",
    "써밋",
    "동문 디 이스트",
    "쌍용 더 플래티넘",
    "스위첸",
    "하우스토리",
)
_BRAND_PATTERNS: Final = tuple(
    (brand, re.compile(r"\s*".join(map(re.escape, brand.replace(" ", ""))), re.IGNORECASE))
    for brand in sorted(BRANDS, key=len, reverse=True)
)


def short_name(name: str) -> str:
    """Without what stands in brackets: ``…신혼희망타운(공공분양)(본청약)`` → ``…신혼희망타운``."""
    return " ".join(_BRACKETS.sub(" ", name).split()) or name


def plain_name(name: str) -> str:
    """Only the complex: neither brackets nor the notice's own words."""
    short = short_name(name)
    plain = " ".join(_NOTICE_WORDS.sub(" ", short).split())
    # 서울대방 신혼희망타운 without its last word is a district, not a complex.
    return plain if re.search(r"[ 0-9]", plain) else short


def aliases(name: str, address: Address) -> tuple[str, ...]:
    """Every other way to say ``name``, most specific first; never ``name`` itself."""
    short, plain = short_name(name), plain_name(name)
    found = [short, plain, *_bracketed_names(name), *_without_place(plain, address)]
    brand = next((brand for brand, pattern in _BRAND_PATTERNS if pattern.search(name)), None)
    if brand and address.dong:
        # 가산동, 영등포동5가 and 진접읍 are also called without their ending; 목동동 is not, since 목동 is elsewhere.
        stem = re.sub(r"(?:동[0-9]가|동|읍|면)$", "", address.dong)
        found += [
            f"{address.dong} {brand}",
            *([f"{stem} {brand}"] if len(stem) > 1 and not stem.endswith("동") else []),
        ]
    found += [re.sub(r"(?<=[0-9])(?:BL|블럭)", "블록", one, flags=re.IGNORECASE) for one in list(found)]
    found += [one.replace(" ", "") for one in [name, *found]]
    return tuple(dict.fromkeys(one for one in found if one != name and len(one) > 2))


def _without_place(name: str, address: Address) -> list[str]:
    """``광명 롯데캐슬 시그니처`` in 광명시 → ``롯데캐슬 시그니처``; one word alone is too little."""
    first, *rest = name.split()
    places = {re.sub(r"(?:특별시|광역시|시|군|구|동|읍|면|도)$", "", part) for part in str(address).split()}
    return [" ".join(rest)] if first in places and len(rest) > 1 else []


def _bracketed_names(name: str) -> list[str]:
    """A name in brackets that is one: ``e편한세상 대장 퍼스티움(부천대장 A-6BL)``."""
    inner = re.findall(r"\(([^()]*)\)", name)
    branded = [one for one in inner if any(pattern.search(one) for _, pattern in _BRAND_PATTERNS)]
    return [one.strip() for one in inner if one in branded or _SITE.fullmatch(one.strip())]
