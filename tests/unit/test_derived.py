"""Computed sentences against figures worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import PROMPTS

from assistant.answering.derived import Conclusion, conclude
from assistant.answering.evidence import select
from assistant.domain import Question, Result, Sentence
from assistant.retrieval.retriever import Retrieval
from assistant.understanding import understand
from eval.data.figures import Figure, figures
from eval.scoring.derived_figures import follows
from vocabularies import GAON, HANBIT, tokenizer, vocabulary

TODAY = date(2031, 3, 1)


def _price(ko: str, en: str, size: int, label: str, man: str, million: str) -> Sentence:
    return Sentence(
        f"{ko}의 전용 {size}㎡ 주택형 최고 분양가는 {man}원({label})입니다.",
        f"At {en} the published top price of the {size} ㎡ type is KRW {million} million ({man}원), for type {label}.",
        "price",
        (f"area:{size}",),
    )


def _result(name: object, sentences: list[Sentence]) -> Result:
    id_ = name.id  # type: ignore[attr-defined]
    return Result(
        rank=1,
        score=1.0,
        document_id=id_,
        source_id=id_.split(":")[1],
        chunk_id=f"{id_}#all",
        domain="housing",
        name_ko=name.name_ko,  # type: ignore[attr-defined]
        name_en=name.name_en,  # type: ignore[attr-defined]
        topic="all",
        text=" ".join(sentence.ko for sentence in sentences),
        sentences=tuple(sentences),
    )


def _facts(name: object, sizes: list[Sentence], homes: str, month: str, english: str, station: int) -> Result:
    ko, en = name.name_ko, name.name_en  # type: ignore[attr-defined]
    return _result(
        name,
        [
            Sentence(f"{ko}의 공급 규모는 총 {homes}세대입니다.", f"{en} supplies {homes} households.", "households"),
            Sentence(f"{ko}의 입주 예정월은 {month}입니다.", f"Move-in at {en} is planned for {english}.", "move_in"),
            Sentence(
                f"{ko}에서 가장 가까운 지하철역은 7호선 철산역이며 직선거리 {station:,}m입니다.",
                f"The nearest station to {en} is Cheolsan Station (Line 7): {station:,} m in a straight line.",
                "station",
                ("line:7호선",),
            ),
            Sentence(f"{ko}의 주택형은 모두 2개입니다.", f"{en} has 2 unit types.", "types"),
            Sentence(f"{ko}의 전용 84㎡ 주택형은 84.98A이며 100세대입니다.", "", "units", ("area:84",)),
            *sizes,
        ],
    )


LOCATION = Sentence(
    f"{HANBIT.name_ko}는 서울특별시 금천구 독산동에 있습니다.",
    f"{HANBIT.name_en} is in Geumcheon-gu, Seoul.",
    "location",
)
FIRST = _facts(
    HANBIT,
    [_price(HANBIT.name_ko, HANBIT.name_en, 84, "84.98A", "8억 5,000만", "850"), LOCATION],
    *("1,204", "2031년 5월", "May 2031", 343),
)
SECOND = _facts(
    GAON,
    [_price(GAON.name_ko, GAON.name_en, 84, "84.97B", "7억 1,000만", "710")],
    *("809", "2030년 11월", "November 2030", 1_420),
)
BOTH = f"{HANBIT.name_ko}와 {GAON.name_ko}"
BOTH_EN = f"{HANBIT.name_en} or {GAON.name_en}"


def _conclusions(question: str, *results: Result) -> list[Conclusion]:
    results = results or (FIRST, SECOND)
    understood = understand(Question(question), vocabulary(), tokenizer().tagged, TODAY)
    return conclude(PROMPTS, understood, results, select(PROMPTS, understood, Retrieval(results), tokenizer().terms))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"{BOTH} 중 84는 어디가 더 싸?", ["광명 가온 푸르지오 3차(7억 1,000만원)가", "1억 4,000만원 더 쌉니다"]),
        (f"{BOTH} 중 84는 어디가 더 비싸?", ["독산 한빛마루 자이(8억 5,000만원)가", "1억 4,000만원 더 비쌉니다"]),
        (f"{BOTH} 84 가격 차이", ["1억 4,000만원"]),
        (f"{BOTH} 중 세대수 많은 곳", ["독산 한빛마루 자이(1,204세대)가", "395세대 더 많습니다"]),
        (f"{BOTH} 중 입주 빠른 곳", ["광명 가온 푸르지오 3차(2030년 11월)가", "6개월 더 빠릅니다"]),
        (f"{BOTH} 중 지하철역 가까운 곳", ["독산 한빛마루 자이(343m)가", "1,077m 더 가깝습니다"]),
        (f"{HANBIT.name_ko}가 {GAON.name_ko}보다 싸?", ["광명 가온 푸르지오 3차(7억 1,000만원)가"]),
        (f"Which 84 is cheaper, {BOTH_EN}?", ["Gaon Prugio 3 (KRW 710 million)", "KRW 140 million cheaper"]),
        (f"Which is closer to a station, {BOTH_EN}?", ["Hanbit Maru Xi (343 m)", "1,077 m nearer"]),
    ],
)
def test_comparisons_are_computed_and_cite_both(question: str, said: list[str]) -> None:
    (conclusion,) = _conclusions(question)
    assert all(words in conclusion.text for words in said), conclusion.text
    assert {item.document_id for item in conclusion.held_by} == {HANBIT.id, GAON.id}


def test_complexes_compared_by_nothing_in_particular_are_compared_by_what_matters_most() -> None:
    said = [conclusion.text for conclusion in _conclusions(f"{BOTH} 비교해줘")]
    assert [words for text in said for words in ("쌉니다", "많습니다", "빠릅니다", "가깝습니다") if words in text] == [
        *("쌉니다", "많습니다", "빠릅니다", "가깝습니다")
    ]


def _type(label: str, rate: str) -> Sentence:
    name = HANBIT.name_ko
    tags = (f"area:{label[:2]}", "by_type", f"type:{label}")
    return Sentence(f"{name}의 {label} 타입 1순위 경쟁률은 {rate} 대 1입니다.", "", "competition", tags)


SIZES = _result(
    HANBIT,
    [
        _price(HANBIT.name_ko, HANBIT.name_en, 84, "84.98A", "8억 5,000만", "850"),
        _price(HANBIT.name_ko, HANBIT.name_en, 59, "59.91A", "6억 2,000만", "620"),
        *(_type(*pair) for pair in (("84.98A", "12.5"), ("59.91A", "40"), ("59.95B", "40"))),
    ],
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "59타입이랑 84타입 가격 차이",
            "전용 84㎡(8억 5,000만원)가 전용 59㎡(6억 2,000만원)보다 2억 3,000만원 더 비쌉니다",
        ),
        ("경쟁률 제일 높은 타입", "가장 높은 것은 59.91A, 59.95B(40 대 1)입니다"),
        ("경쟁률 제일 낮은 타입", "가장 낮은 것은 84.98A(12.5 대 1)입니다"),
    ],
)
def test_types_of_one_complex_are_compared(question: str, said: str) -> None:
    (conclusion,) = _conclusions(f"{HANBIT.name_ko} {question}", SIZES)
    assert said in conclusion.text


def test_equal_figures_are_not_ranked() -> None:
    twin = _facts(
        GAON, [_price(GAON.name_ko, GAON.name_en, 84, "84.97B", "8억 5,000만", "850")], "1", "2031년 5월", "", 1
    )
    (conclusion,) = _conclusions(f"{BOTH} 84 어디가 더 싸?", FIRST, twin)
    assert conclusion.text.endswith("같습니다.")


def test_prices_of_different_sizes_are_not_compared() -> None:
    small = _facts(GAON, [_price(GAON.name_ko, GAON.name_en, 59, "59.9A", "3억", "300")], "1", "2031년 5월", "", 1)
    assert not any("쌉니다" in item.text for item in _conclusions(f"{BOTH} 어디가 더 싸?", FIRST, small))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"{HANBIT.name_ko} 84 계약금 10%면 얼마야?", "8억 5,000만원의 10%는 8,500만원입니다"),
        (f"What is a 20% down payment at {HANBIT.name_en}?", "is KRW 170 million"),
        # 84.98 ㎡ × 0.3025 = 25.70645 평; 850,000,000 / 25.70645 = 33,065,631 won
        (f"{HANBIT.name_ko} 평당 얼마?", "평당 약 3,307만원"),
    ],
)
def test_shares_and_prices_per_pyeong(question: str, said: str) -> None:
    (conclusion,) = _conclusions(question)
    assert said in conclusion.text
    assert conclusion.remark


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"광명시에 있는 {HANBIT.name_ko} 입주 언제야?", "있지 않습니다. 독산 한빛마루 자이는 서울특별시 금천구"),
        (f"Is {HANBIT.name_en} in Gwangmyeong?", "is not in Gwangmyeong"),
        (f"{HANBIT.name_ko} 74타입 얼마야?", "전용 74㎡ 주택형이 없습니다"),
        (f"{HANBIT.name_ko} 2029년 입주 맞지?", "2029년은"),
        (f"{HANBIT.name_ko} 900세대 맞아?", "900세대는"),
        (f"{HANBIT.name_ko} 1호선이지?", "1호선 역은 자료에서 확인할 수 없습니다. 독산 한빛마루 자이에서 가장 가까운"),
        (f"{HANBIT.name_ko} 84 6억 맞아?", "6억원은"),
        (f"{HANBIT.name_ko} 5억 이하 84 있어?", "질문하신 금액(5억 이하)에 맞는 주택형이 없습니다"),
    ],
)
def test_false_premises_are_corrected(question: str, said: str) -> None:
    (conclusion,) = _conclusions(question)
    assert said in conclusion.text


@pytest.mark.parametrize(
    "question",
    [
        f"금천구에 있는 {HANBIT.name_ko} 입주 언제야?",
        f"{HANBIT.name_ko}에서 광명시까지 출퇴근하는데 입주 언제야?",  # where one commutes to
        f"{HANBIT.name_ko} 2031년 5월 입주 맞지?",
        f"{HANBIT.name_ko} 1,204세대 맞아?",
        f"{HANBIT.name_ko} 7호선이지?",
        f"{HANBIT.name_ko} 84 8억 5천 맞지?",
        f"9억 있는데 {HANBIT.name_ko} 84 얼마야?",  # a budget, not a claim
        f"{HANBIT.name_ko} 9억 이하 84 있어?",
    ],
)
def test_true_premises_are_not(question: str) -> None:
    assert not _conclusions(question)


def test_the_askers_score_stands_beside_the_lowest_that_won() -> None:
    scores = Sentence(f"{HANBIT.name_ko}의 전체 당첨 가점은 최저 62점, 최고 74점입니다.", "", "score", ("overall",))
    of_score = _result(HANBIT, [scores])
    (low,) = _conclusions(f"내 가점 60점인데 {HANBIT.name_ko} 가능해?", of_score)
    assert low.text == f"60점은 {HANBIT.name_ko}의 최저 당첨 가점 62점보다 2점 낮습니다."
    (enough,) = _conclusions(f"가점 62점으로 {HANBIT.name_ko} 가능할까", of_score)
    assert enough.text.endswith("최저 당첨 가점 62점 이상입니다.")
    assert not _conclusions(f"{HANBIT.name_ko} 최저 가점 62점 맞아?", of_score)


def test_what_is_computed_is_judged_by_computing_again() -> None:
    for question in (
        f"{BOTH} 84 가격 차이",
        f"{HANBIT.name_ko} 84 계약금 10%면 얼마야?",
        f"{HANBIT.name_ko} 평당 얼마?",
    ):
        (conclusion,) = _conclusions(question)
        text = " ".join([question, *(item.quote for item in conclusion.held_by)])
        held = figures(text)
        said = figures(conclusion.text)
        assert said
        assert all(figure in held or follows(figure, held, text) for figure in said)
        assert not any(follows(replace_value(figure), held, text) for figure in said if figure.unit == "won")


def replace_value(figure: Figure) -> Figure:
    return figure._replace(value=figure.value + 3_000_000)
