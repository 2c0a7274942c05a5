"""The model of few outcomes: base rates and the points score; between few and plenty, points and trees blended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.model.blend import Blend
from training.model.close_model import CloseModel, Timing, find_stratum
from training.model.curve import HORIZON_DAYS, fit_curve
from training.points.fitting import fit_points
from training.points.points import Points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from features import FeatureSchema
    from training.model.curve import Curve
    from training.points.criteria import Criteria, Usual

LEAST_DAYS = 0.5
HALF_TRUST_WINS = 150
"""With so many leads won, trees and points count alike. On simulated operations with 28 to 328 wins, halves came 20 to
40 % nearer to the true probabilities than trees alone, and shares of 0.3 and 0.7 a little less."""

PLENTY_WINS = 1_500
"""From so many on, trees alone."""


def fit_small_model(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    schema: FeatureSchema,
    stratum_column: int,
    criteria: Criteria,
    clients: Mapping[str, str],
) -> CloseModel:
    """A model for any number of outcomes, none included: usual rates until there are some, points for what differs.

    Args:
        matrix: encoded features of the questions (n, k).
        questions: ``outcome`` (won, lost, open), ``days`` and ``weight`` of each.
        schema: of the matrix.
        stratum_column: the one that holds the stage's code.
        criteria: of the points.
        clients: the client of each campaign.
    """
    strata = len(schema.columns[stratum_column].values) + 1
    stratum = find_stratum(matrix, stratum_column, strata)
    won = _fit_base(questions, "won", stratum, strata, criteria.usual, np.ones(len(matrix)))
    wins, days = _read_wins(questions)
    expected = questions["weight"].to_numpy(float) * won.expect(stratum, days)
    points = fit_points(matrix, wins, expected, schema, criteria, clients)
    won = _fit_base(questions, "won", stratum, strata, criteria.usual, np.exp(points.predict(matrix)))
    lost = _fit_base(questions, "lost", stratum, strata, criteria.usual, np.ones(len(matrix)))
    return CloseModel(points, 0.0, Timing(won, lost, Points((), {}), stratum_column, strata))


def blend_models(
    trees: CloseModel, small: CloseModel, matrix: NDArray[np.float64], questions: pd.DataFrame, usual: Usual
) -> CloseModel:
    """Trees and points together, trees the more the more leads were won; the base rates are estimated anew.

    Args:
        trees: of :func:`training.model.dated.fit_dated_model`.
        small: of :func:`fit_small_model`, on the same questions.
        matrix: encoded features of the questions (n, k).
        questions: ``lead_id``, ``outcome``, ``days`` and ``weight`` of each.
        usual: rates to expect.
    """
    trust = trust_trees(count_wins(questions))
    if trust == 1 or trees.timing is None:
        return trees
    timing = trees.timing
    winning = Blend((trees.winning, small.winning), (trust, 1 - trust))
    losing = Blend((timing.losing,), (trust,))
    stratum = timing.find_stratum(matrix)
    base = {
        word: _fit_base(questions, word, stratum, timing.strata, usual, np.exp(score.predict(matrix)))
        for word, score in (("won", winning), ("lost", losing))
    }
    return CloseModel(winning, trees.level, replace(timing, won=base["won"], lost=base["lost"], losing=losing))


def trust_trees(wins: int) -> float:
    """The weight of the trees' score, the rest being that of the points.

    >>> [trust_trees(wins) for wins in (0, 150, 1_500)]
    [0.0, 0.5, 1.0]
    """
    return 1.0 if wins >= PLENTY_WINS else wins / (wins + HALF_TRUST_WINS)


def count_wins(questions: pd.DataFrame) -> int:
    """How many leads were won."""
    return int((questions.drop_duplicates("lead_id")["outcome"] == "won").sum())


def _fit_base(
    questions: pd.DataFrame,
    outcome: str,
    stratum: NDArray[np.intp],
    strata: int,
    usual: Usual,
    relative: NDArray[np.float64],
) -> Curve:
    """Base rates of an outcome from what was seen and, for a few leads' worth, from what is usual."""
    prior = expect_usually(usual, outcome)
    days = np.clip(questions["days"].to_numpy(float), LEAST_DAYS, HORIZON_DAYS)
    happened = ((questions["outcome"] == outcome) & (questions["days"] <= HORIZON_DAYS)).to_numpy()
    return fit_curve(
        np.concatenate([days, prior["days"]]),
        np.concatenate([happened, prior["happened"]]),
        np.concatenate([questions["weight"].to_numpy(float), prior["weight"]]),
        np.concatenate([stratum, np.full(len(prior), strata - 1)]),
        strata,
        np.concatenate([relative, np.ones(len(prior))]),
    )


def expect_usually(usual: Usual, outcome: str) -> pd.DataFrame:
    """What the usual leads would have done: ``days``, ``happened`` (this outcome) and ``weight``.

    Won and lost ones close after days of an exponential distribution with the usual mean, at twenty even places of it.

    >>> from training.points.criteria import Usual
    >>> expect_usually(Usual(10, 0.05, 0.5, 90), "won").groupby("happened")["weight"].sum().round(6).tolist()
    [9.5, 0.5]
    """
    places = (np.arange(20) + 0.5) / 20
    days = np.clip(-usual.mean_days * np.log(1 - places), LEAST_DAYS, HORIZON_DAYS)
    shares = {"won": usual.won_share, "lost": usual.lost_share}
    parts = [(days, word == outcome, share / len(days)) for word, share in shares.items()]
    parts.append((np.array([float(HORIZON_DAYS)]), False, 1 - sum(shares.values())))
    frames = [pd.DataFrame({"days": d, "happened": is_it, "weight": usual.leads * w}) for d, is_it, w in parts]
    return pd.concat(frames, ignore_index=True)


def _read_wins(questions: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    days = np.clip(questions["days"].to_numpy(float), LEAST_DAYS, HORIZON_DAYS)
    won = (questions["outcome"] == "won") & (questions["days"] <= HORIZON_DAYS)
    return won.to_numpy(float) * questions["weight"].to_numpy(float), days
