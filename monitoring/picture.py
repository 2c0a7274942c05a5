"""The calibration picture: what was promised against what was won, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitoring.promises import Promise

SIZE, MARGIN = 320, 64


def draw_calibration(promise: Promise) -> str:
    """An SVG of the groups of scores: promised share across, won share upwards; on the diagonal promises hold."""
    most = max(max(mean, share) for mean, share, _ in promise.bins) * 1.08 or 1.0
    points = [(_across(mean, most), _up(share, most), count) for mean, share, count in promise.bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{count:,} scores: promised {100 * mean:.1f} %, '
        f"won {100 * share:.1f} %</title></circle>"
        for (x, y, count), (mean, share, _) in zip(points, promise.bins, strict=True)
    )
    title = f"{promise.horizon_days} days, {'this version' if promise.current else 'earlier versions'}"
    return (
        f'<svg role="img" aria-label="Calibration: {title}" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" '
        f'height="{SIZE}"><text x="{SIZE / 2}" y="16" class="title">{title}</text>{_draw_axes(most)}'
        f'<path class="ideal" d="M{_across(0, most)},{_up(0, most)} L{_across(most, most)},{_up(most, most)}"/>'
        f'<polyline points="{line}"/>{dots}</svg>'
    )


def _draw_axes(most: float) -> str:
    left, right, bottom, top = _across(0, most), _across(most, most), _up(0, most), _up(most, most)
    ticks = "".join(
        f'<text x="{_across(value, most):.1f}" y="{bottom + 16}">{100 * value:.0f} %</text>'
        f'<text x="{left - 6}" y="{_up(value, most) + 4:.1f}" class="left">{100 * value:.0f} %</text>'
        for value in (0.0, most / 2, most)
    )
    return (
        f'<path class="axis" d="M{left},{top} V{bottom} H{right}"/>{ticks}'
        f'<text x="{(left + right) / 2}" y="{bottom + 36}">promised</text>'
        f'<text transform="translate(11 {(top + bottom) / 2}) rotate(-90)">won</text>'
    )


def _across(value: float, most: float) -> float:
    return MARGIN + (SIZE - MARGIN - 20) * value / most


def _up(value: float, most: float) -> float:
    return SIZE - MARGIN - (SIZE - MARGIN - 30) * value / most
