"""The charts of a backtest, as SVG: lift, calibration by tenth, and quality over its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.backtest.axes import Axes, round_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.backtest.lift import LiftCurve
    from training.backtest.tenths import Tenth

SQUARE, WIDE, LOW = 400, 820, 200
ROOM = 0.06
"""Empty share above and below what is drawn."""
LEAST_SPAN = 0.05
MANY_DOTS = 80


def draw_lift(curve: LiftCurve, base_rate: float) -> str:
    """Share of wins reached against share of leads called, between chance and an order that knows every outcome."""
    title = "Wins reached by calls made"
    axes = Axes(SQUARE, SQUARE, (0, 1), (0, 1))
    thin = curve.thin()
    tens = [number / 10 for number in range(1, 10)]
    ticks = [(value, write_share(value)) for value in (0, 0.25, 0.5, 0.75, 1)]
    dots = (
        axes.dot(
            each,
            curve.find_reached(each),
            f"the best {write_share(each)} of the leads hold {write_share(curve.find_reached(each))} of the wins",
        )
        for each in tens
    )
    return axes.picture(
        title,
        axes.frame(title, ticks, write_share, ("leads called, best first", "wins reached"))
        + axes.line([(0, 0), (1, 1)], "ideal")
        + axes.line([(0, 0), (base_rate, 1), (1, 1)], "bound")
        + axes.line(list(zip(thin.called.tolist(), thin.reached.tolist(), strict=True)), "curve")
        + "".join(dots),
    )


def draw_tenths(tenths: Sequence[Tenth]) -> str:
    """Share won against share promised by tenth, with 95 % intervals; on the diagonal promises are kept."""
    title = "Promised and won, by tenth"
    most = max(max(tenth.promised, tenth.high) for tenth in tenths) * (1 + ROOM)
    axes = Axes(SQUARE, SQUARE, (0, most), (0, most))
    ticks = [(value, write_share(value)) for value in round_ticks(0, most)]
    bars = "".join(
        axes.line([(tenth.promised, tenth.low), (tenth.promised, tenth.high)], "bar")
        + axes.dot(tenth.promised, tenth.won, say_tenth(tenth))
        for tenth in tenths
    )
    names = ("promised: mean probability", "won")
    return axes.picture(
        title, axes.frame(title, ticks, write_share, names) + axes.line([(0, 0), (most, most)], "ideal") + bars
    )


def draw_course(
    title: str, values: Sequence[float], ticks: Sequence[tuple[float, str]], beside: Sequence[float], *, share: bool
) -> str:
    """One measure over the steps, with another line beside it to hold it against.

    Args:
        title: of the chart.
        values: one per step, NaN where it is not defined.
        ticks: steps that are labelled, and how.
        beside: what to hold it against, one per step.
        share: the values are shares, and written in per cent.
    """
    axes = Axes(WIDE, LOW, (0, max(len(values) - 1, 1)), _span([*values, *beside]))
    label = write_share if share else write_number
    dots = "".join(
        axes.dot(step, value, f"step {step + 1}: {label(value)}")
        for step, value in enumerate(values)
        if value == value and len(values) <= MANY_DOTS
    )
    return axes.picture(
        title,
        axes.frame(title, ticks, label, ("", ""))
        + axes.line(list(enumerate(beside)), "ideal")
        + axes.line(list(enumerate(values)), "curve")
        + dots,
    )


def say_tenth(tenth: Tenth) -> str:
    """A tenth in words."""
    return (
        f"{tenth.leads:,} leads: promised {write_share(tenth.promised, 1)}, won {write_share(tenth.won, 1)} "
        f"({write_share(tenth.low, 1)} to {write_share(tenth.high, 1)})"
    )


def write_share(value: float, decimals: int = 0) -> str:
    """A share in per cent.

    >>> write_share(0.254), write_share(0.254, 1)
    ('25 %', '25.4 %')
    """
    return f"{100 * value:.{decimals}f} %"


def write_number(value: float) -> str:
    """A number beside an axis.

    >>> write_number(0.30000000000000004), write_number(1.25)
    ('0.3', '1.25')
    """
    return f"{value:.3g}"


def _span(values: Sequence[float]) -> tuple[float, float]:
    defined = [value for value in values if value == value] or [0.0]
    low, high = min(defined), max(defined)
    room = max((high - low) * ROOM, LEAST_SPAN / 2)
    return low - room, high + room
