"""The model of few outcomes: base rates and the points score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.model.close_model import CloseModel, Timing, find_stratum
from training.model.curve import HORIZON_DAYS, fit_curve
from training.model.lexis import LEAST_DAYS, watch_questions
from training.points.fitting import fit_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from features import FeatureSchema
    from training.model.curve import Curve
    from training.model.lexis import Watched
    from training.points.criteria import Criteria, Usual
    from training.points.points import Points

USUAL_EVENTS = 0.005
"""The usual leads say how rates run over time; less than one of them is won, so little more may be drawn from it."""


def fit_small_model(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    schema: FeatureSchema,
    stratum_column: int,
    criteria: Criteria,
    clients: Mapping[str, str],
) -> tuple[CloseModel, Points]:
    """A model for any number of outcomes, none included: usual rates until there are some, points for what differs.

    Args:
        matrix: encoded features of the questions (n, k).
        questions: ``lead_id``, ``as_of``, ``outcome`` (won, lost, open), ``days`` and ``weight`` of each.
        schema: of the matrix.
        stratum_column: the one that holds the stage's code.
        criteria: of the points.
        clients: the client of each campaign.

    Returns:
        The model, and the points that are its score.
    """
    strata = len(schema.columns[stratum_column].values) + 1
    watched = watch_questions(questions, find_stratum(matrix, stratum_column, strata), strata)
    share = count_leads(watched, questions["lead_id"].nunique())
    base = _fit_base(watched, share, criteria.usual, np.ones(len(matrix)))
    expected = share * base.expect(watched.stratum, watched.days)
    points = fit_points(matrix, share * watched.won, expected, schema, criteria, clients)
    won = _fit_base(watched, share, criteria.usual, np.exp(points.predict(matrix)))
    return CloseModel(points, 0.0, Timing(won, stratum_column, strata)), points


def count_leads(watched: Watched, leads: int) -> NDArray[np.float64]:
    """What each question counts as a share of leads (n,): a lead's questions share its one outcome.

    Args:
        watched: the questions.
        leads: how many they are about.
    """
    won = float(watched.weight @ watched.won)
    return watched.weight * (watched.wins / won if won else leads / float(watched.weight.sum()))


def _fit_base(watched: Watched, share: NDArray[np.float64], usual: Usual, relative: NDArray[np.float64]) -> Curve:
    """Base rates from what was seen and, for a few leads' worth, from what is usual."""
    prior = expect_usually(usual)
    return fit_curve(
        np.concatenate([watched.days, prior["days"]]),
        np.concatenate([watched.won, prior["won"]]),
        np.concatenate([share, prior["weight"]]),
        np.concatenate([watched.stratum, np.full(len(prior), watched.strata - 1)]),
        watched.strata,
        np.concatenate([relative, np.ones(len(prior))]),
        prior_events=USUAL_EVENTS,
    )


def expect_usually(usual: Usual) -> pd.DataFrame:
    """What the usual leads would have done within the horizon: ``days``, ``won`` and ``weight``.

    The won ones are won after days of an exponential distribution with the usual mean, at twenty even places of it.

    >>> from training.points.criteria import Usual
    >>> expect_usually(Usual(10, 0.05, 90)).groupby("won")["weight"].sum().round(6).tolist()
    [9.5, 0.5]
    """
    places = (np.arange(20) + 0.5) / 20
    days = np.clip(-usual.mean_days * np.log(1 - places), LEAST_DAYS, HORIZON_DAYS)
    won = pd.DataFrame({"days": days, "won": True, "weight": usual.leads * usual.won_share / len(days)})
    rest = pd.DataFrame({"days": [float(HORIZON_DAYS)], "won": False, "weight": usual.leads * (1 - usual.won_share)})
    return pd.concat([won, rest], ignore_index=True)


def count_wins(questions: pd.DataFrame) -> int:
    """How many leads were won."""
    return int((questions.drop_duplicates("lead_id")["outcome"] == "won").sum())
