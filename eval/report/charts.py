"""Charts as SVG text: no library, no script, no address, so that an HTML page with them stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 820  # of a chart, in SVG units
LABEL = 250  # kept for the row's name
TELL = 190  # kept for the row's figures
ROW = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a value with its interval, and what is written at its end."""

    label: str
    value: float
    low: float
    high: float
    tell: str
    marked: bool = False


def bars(rows: Sequence[Bar], *, least: float, most: float, unit: str, title: str) -> str:
    """Horizontal bars from zero with whiskers, on a scale from ``least`` to ``most`` in ``unit``."""
    height = ROW * len(rows) + 34
    plot = WIDTH - LABEL - TELL

    def x(value: float) -> float:
        return LABEL + plot * (min(max(value, least), most) - least) / (most - least)

    parts = [_open(height, title)]
    for tick in _ticks(least, most):
        parts.append(
            f'<line class="grid" x1="{x(tick):.1f}" y1="6" x2="{x(tick):.1f}" y2="{height - 26}"/>'
            f'<text class="tick" x="{x(tick):.1f}" y="{height - 10}" text-anchor="middle">{tick:g}{unit}</text>'
        )
    for number, row in enumerate(rows):
        middle = 8 + ROW * number + ROW / 2
        start, end = sorted((x(max(least, 0.0)), x(row.value)))
        kind = "bar marked" if row.marked else "bar"
        parts.append(
            f'<text class="label" x="{LABEL - 10}" y="{middle + 4:.1f}" text-anchor="end">{escape(row.label)}</text>'
            f'<rect class="{kind}" x="{start:.1f}" y="{middle - 8:.1f}" width="{end - start:.1f}" height="16" rx="2"/>'
            f'<path class="whisker" d="M{x(row.low):.1f} {middle - 5:.1f}v10m0 -5H{x(row.high):.1f}m0 -5v10"/>'
            f'<text class="tell" x="{WIDTH - TELL + 12}" y="{middle + 4:.1f}">{escape(row.tell)}</text>'
        )
    return "".join([*parts, "</svg>"])


def histogram(values: Sequence[float], *, unit: str, title: str, bins: int = 24) -> str:
    """How many of ``values`` lie in each of ``bins`` equal steps from zero to the largest; empty for no value."""
    if not values:
        return ""
    most = max(values) or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(bins * value / most))] += 1
    height, base, step = 170, 140, (WIDTH - 40) / bins
    parts = [_open(height, title)]
    for number, count in enumerate(counts):
        tall = (base - 16) * count / max(counts)
        left = 20 + step * number
        told = f"{most * number / bins:.2f} to {most * (number + 1) / bins:.2f} {unit}: {count}"
        parts.append(
            f'<rect class="bar" x="{left + 1:.1f}" y="{base - tall:.1f}" width="{step - 2:.1f}" height="{tall:.1f}">'
            f"<title>{escape(told)}</title></rect>"
        )
    for tick in _ticks(0.0, most):
        left = 20 + (WIDTH - 40) * tick / most
        parts.append(f'<text class="tick" x="{left:.1f}" y="{base + 18}" text-anchor="middle">{tick:g} {unit}</text>')
    return "".join([*parts, "</svg>"])


def _open(height: float, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
    )


def _ticks(least: float, most: float) -> list[float]:
    """About five round numbers from ``least`` to ``most``."""
    rough = (most - least) / 5
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 10.0 ** -len(f"{1 / rough:.0f}")
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10, 20, 50, 100) if factor * power >= rough)
    first = -(-least // step)
    return [round((first + number) * step, 10) for number in range(int((most - first * step) // step) + 1)]
