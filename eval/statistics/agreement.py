"""How far raters agree beyond chance: Krippendorff's α."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float:
    """α for nominal ratings: 1 is agreement, 0 what chance gives, below 0 worse than chance (Krippendorff 2011).

    ``units``: of each thing rated, what every rater said; None where one said nothing. Things with fewer than two
    ratings say nothing of agreement and are left out.

    Raises:
        ValueError: nothing was rated twice, or all ratings are the same, so that chance cannot be told.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        given = Counter(rating for rating in unit if rating is not None)
        for one, count in given.items():
            for other, others in given.items():
                pairs = count * (others - (one == other))
                if pairs:
                    coincidences[one, other] += pairs / (given.total() - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    ratings = totals.total()
    expected = ratings**2 - sum(count**2 for count in totals.values())
    if not expected:
        raise ValueError("α needs things rated twice, and ratings that are not all the same")
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (ratings - 1) * observed / expected
