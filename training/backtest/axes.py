"""The axes of a chart: from values to places in an SVG, with a frame and a few round ticks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

LEFT, RIGHT, TOP, BOTTOM = 58, 34, 30, 46
TICKS = 5

Label = Callable[[float], str]
"""Writes a value beside an axis."""


@dataclass(frozen=True)
class Axes:
    """The plane of one chart.

    Attributes:
        width: of the picture.
        height: of the picture.
        across: least and greatest value across.
        up: least and greatest value upwards.
    """

    width: int
    height: int
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        """Where a value stands across.

        >>> Axes(192, 176, (0, 1), (0, 1)).x(0.5)
        108.0
        """
        low, high = self.across
        return round(LEFT + (self.width - LEFT - RIGHT) * (value - low) / (high - low), 1)

    def y(self, value: float) -> float:
        """Where a value stands upwards; in an SVG what is higher has the smaller number.

        >>> Axes(192, 176, (0, 1), (0, 1)).y(1.0), Axes(192, 176, (0, 1), (0, 1)).y(0.0)
        (30.0, 130.0)
        """
        low, high = self.up
        return round(self.height - BOTTOM - (self.height - BOTTOM - TOP) * (value - low) / (high - low), 1)

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> str:
        """A line through points, broken where one is not defined."""
        path, pen = "", "M"
        for across, up in points:
            if across != across or up != up:
                pen = "M"
                continue
            path, pen = f"{path}{pen}{self.x(across)},{self.y(up)}", "L"
        return f'<path class="{kind}" d="{path}"/>'

    def dot(self, across: float, up: float, says: str) -> str:
        """A dot that says what it stands for when pointed at."""
        return f'<circle cx="{self.x(across)}" cy="{self.y(up)}" r="3"><title>{escape(says)}</title></circle>'

    def frame(self, title: str, ticks: Sequence[tuple[float, str]], label: Label, names: tuple[str, str]) -> str:
        """Title, axes, ticks across as given, round ticks upwards, and the names of both axes."""
        left, right, top, bottom = LEFT, self.width - RIGHT, TOP, self.height - BOTTOM
        across = "".join(f'<text x="{self.x(value)}" y="{bottom + 16}">{escape(text)}</text>' for value, text in ticks)
        up = "".join(
            f'<path class="grid" d="M{left},{self.y(value)}H{right}"/>'
            f'<text class="left" x="{left - 6}" y="{self.y(value) + 4}">{escape(label(value))}</text>'
            for value in round_ticks(*self.up)
        )
        return (
            f'{up}<text class="title" x="{(left + right) / 2}" y="16">{escape(title)}</text>'
            f'<path class="axis" d="M{left},{top}V{bottom}H{right}"/>{across}'
            f'<text x="{(left + right) / 2}" y="{bottom + 36}">{escape(names[0])}</text>'
            f'<text transform="translate(12 {(top + bottom) / 2}) rotate(-90)">{escape(names[1])}</text>'
        )

    def picture(self, title: str, body: str) -> str:
        """The whole SVG; its title is read out where it cannot be seen."""
        return (
            f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}">{body}</svg>'
        )


def round_ticks(low: float, high: float) -> list[float]:
    """A few round values between two.

    >>> round_ticks(0.0, 0.47), round_ticks(0.48, 0.93)
    ([0.0, 0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8, 0.9])
    """
    rough = (high - low) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    count = floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(ceil(low / step - 1e-9), count + 1)]
