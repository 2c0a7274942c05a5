"""What each column of the matrix adds to a score before calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.model.curve import HORIZON_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.artefact import Artefact


def compute_contributions(artefact: Artefact, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each column adds, and last the base; they add up to the score before calibration.

    Where outcomes have dates, the score is the log of the wins expected within the horizon: to what the trees say, the
    base rate of the lead's stage and the season of the month are added. The stage's column takes what its base rate
    adds, less the mean over the leads of the training reference, which the base takes; the month's column takes the
    season.

    Args:
        artefact: the model version.
        matrix: encoded (n, k).

    Returns:
        (n, k + 1), on the scale of log-odds, or where outcomes have dates of the log rate.
    """
    effects = np.array(artefact.model.winning.contributions(matrix))
    if (timing := artefact.model.timing) is not None:
        strata = np.arange(timing.strata)
        level = np.log(timing.won.expect(strata, np.full(len(strata), float(HORIZON_DAYS))))
        mean = level @ _share_strata(artefact, timing.stratum_column, timing.strata)
        stratum = timing.find_stratum(matrix)
        effects[:, timing.stratum_column] += (level - mean)[stratum]
        effects[:, -1] += mean
        if timing.month_column is not None:
            asked = np.log(timing.expect_wins(matrix, np.array([float(HORIZON_DAYS)]))[:, 0])
            effects[:, timing.month_column] += asked - level[stratum]
    return effects


def _share_strata(artefact: Artefact, column: int, strata: int) -> NDArray[np.float64]:
    """The share of each stratum in the reference; a stage without a code is in the last."""
    stage = artefact.schema.columns[column]
    counts = artefact.reference[stage.name].value_counts()
    known = np.array([counts.get(value, 0) for value in stage.values], float)
    shares: NDArray[np.float64] = np.append(known, len(artefact.reference) - known.sum())[:strata]
    return shares / shares.sum()
