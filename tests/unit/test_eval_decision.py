"""When a candidate is let through, reported or held up, and when a fall is put down to noise."""

from __future__ import annotations

import numpy as np
import pytest

from eval.gate.decision import ALL, Verdict, decide, falls

ALWAYS = [1, 1, 1, 1, 1]
NEVER = [0, 0, 0, 0, 0]


def lost(cases: int, of: int, repeats: int = 1, **more: object) -> Verdict:
    """All right before; the first ``cases`` wrong after."""
    before = {f"{n}": [1] * repeats for n in range(of)}
    after = before | {f"{n}": [0] * repeats for n in range(cases)}
    return decide(before, after, **{"slices": {}, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cases", "level"), [(0, "pass"), (9, "pass"), (10, "alert"), (29, "alert"), (30, "block"), (400, "block")]
)
@pytest.mark.parametrize("repeats", [1, 5])
def test_without_noise_the_fall_decides_and_the_limits_belong_to_the_worse_side(
    cases: int, level: str, repeats: int
) -> None:
    before = {f"{n}": [1] * repeats for n in range(1000)}
    after = before | {f"{n}": [0] * repeats for n in range(cases)}
    assert falls(before, after, {ALL: list(before)})[ALL][0] == level


def test_better_passes_and_gains_make_up_for_losses() -> None:
    before = {f"{n}": [int(n >= 10)] for n in range(100)}
    after = {f"{n}": [int(n >= 5)] for n in range(100)}
    assert decide(before, after, {}).level == "pass"
    swapped = {f"{n}": [int(n < 90)] for n in range(100)}
    verdict = decide(before, swapped, {})
    assert (verdict.level, verdict.groups[0].lost, verdict.groups[0].gained) == ("pass", 10, 10)
    assert verdict.groups[0].mcnemar == 1.0


def test_a_slice_decides_when_it_is_large_enough() -> None:
    slices = {"large": [f"{n}" for n in range(60)], "small": [f"{n}" for n in range(30)], "none": ["elsewhere"]}
    verdict = lost(2, 400, slices=slices)
    assert {one.group: (one.level, one.decides) for one in verdict.groups} == {
        "all": ("pass", True),
        "large": ("block", True),  # 2 of 60
        "small": ("pass", False),  # 2 of 30, shown alone
    }
    assert verdict.level == "block"
    assert lost(2, 400, slices=slices, floor=61).level == "pass"


def noisy(share: float, of: int = 300, seed: int = 0) -> dict[str, list[int]]:
    drawn = np.random.default_rng(seed).random((of, 5)) < share
    return {f"{n}": row.astype(int).tolist() for n, row in enumerate(drawn)}


def test_a_fall_within_the_noise_of_one_program_passes_and_a_real_one_does_not() -> None:
    slices = {"tenth": [f"{n}" for n in range(60)]}
    before = noisy(0.85, seed=24)
    within = decide(before, noisy(0.85), slices)
    assert within.noise
    assert within.groups[1].points <= -3  # by itself enough to block
    assert within.level == "pass"
    assert decide(before, noisy(0.72, seed=2), slices).level == "block"


def test_a_question_lost_for_good_counts_beside_noisy_ones() -> None:
    before = {f"{n}": ALWAYS for n in range(95)} | {f"noisy {n}": [1, 0, 1, 0, 1] for n in range(5)}
    after = before | {f"{n}": NEVER for n in range(3)}
    assert decide(before, after, {}).level == "block"
    after = before | {"0": NEVER, "1": NEVER}
    assert decide(before, after, {}).level == "alert"


def test_runs_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="1 cases are in one run alone"):
        decide({"a": [1], "b": [1]}, {"a": [1]}, {})
    with pytest.raises(ValueError, match="more often"):
        decide({"a": [1], "b": [1]}, {"a": [1], "b": [1, 1]}, {})
    with pytest.raises(ValueError, match="more often"):
        decide({"a": []}, {"a": []}, {})
    with pytest.raises(ValueError, match="0 cases"):
        decide({}, {}, {})


def test_intervals_draw_whole_clusters() -> None:
    one_thing = {f"{n}": str(n // 10) for n in range(100)}
    apart, together = lost(10, 100), lost(10, 100, clusters=one_thing)
    assert apart.groups[0].points == together.groups[0].points == -10
    assert together.groups[0].low < apart.groups[0].low
    assert together.groups[0].detectable > apart.groups[0].detectable
    assert lost(1, 10, clusters=dict.fromkeys(one_thing, "one")).groups[0].detectable == 100
