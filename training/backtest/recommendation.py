"""The recommended cadence: the rarest that costs nothing worth mentioning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.backtest.paired import find_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from training.backtest.cadence_quality import CadenceQuality

TOLERATED = 0.01
"""Share of the best log-loss."""


def recommend_cadence(
    cadences: Sequence[CadenceQuality], losses: Sequence[NDArray[np.float64]], step: NDArray[np.intp], seed: int
) -> str:
    """One sentence: the rarest cadence whose log-loss is within 1 % of the best's and not worse beyond chance.

    Args:
        cadences: from the most frequent to the rarest, of one delay.
        losses: of each cadence, by prediction (n,).
        step: of each prediction (n,).
        seed: of the bootstrap over steps.
    """
    best = min(range(len(cadences)), key=lambda place: (cadences[place].log_loss, -place))
    for place in range(len(cadences) - 1, best, -1):
        difference, low, high = find_difference(losses[place], losses[best], step, seed)
        if difference < TOLERATED * cadences[best].log_loss and not low > 0:
            return _advise(cadences[place], cadences[best], low, high)
    chosen = cadences[best]
    rarer = " and no rarer one comes within chance and 1 % of it" if best < len(cadences) - 1 else ""
    return f"{_call(chosen)}: its log-loss of {chosen.log_loss:.4f} is the lowest{rarer}."


def _advise(chosen: CadenceQuality, best: CadenceQuality, low: float, high: float) -> str:
    sure = f"95 % interval of the difference {low:+.4f} to {high:+.4f}" if low == low else "one step, so no interval"
    return (
        f"{_call(chosen)}: its log-loss of {chosen.log_loss:.4f} is less than 1 % above the best, {best.log_loss:.4f} "
        f"({best.cadence}), and chance explains the difference ({sure}); trainings: {chosen.trainings} instead of "
        f"{best.trainings}."
    )


def _call(chosen: CadenceQuality) -> str:
    known = f"With outcomes known {chosen.delay} late, " if chosen.delay else ""
    advice = (
        "retraining can wait until a check asks for it" if chosen.cadence == "never" else f"retrain {chosen.cadence}"
    )
    return f"{known}{advice}" if known else advice[0].upper() + advice[1:]
