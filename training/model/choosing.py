"""Which model the number of outcomes allows: points, points and trees together, or trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.model.blend import PLENTY_WINS
from training.model.dated import fit_dated_model
from training.model.small import count_wins, fit_small_model
from training.model.sufficiency import describe_shortage
from training.points.fitting import CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from features import FeatureSchema
    from training.model.close_model import CloseModel
    from training.points.criteria import Criteria

STAGE, MONTH = "stage", "month"


def list_coded_values(questions: pd.DataFrame, criteria: Criteria, clients: Mapping[str, str]) -> dict[str, list[str]]:
    """Values that the points need a code for, however rare they are; none where there is plenty of outcomes.

    Args:
        questions: that will be learned from.
        criteria: of the points.
        clients: the client of each campaign.
    """
    if count_wins(questions) >= PLENTY_WINS:
        return {}
    coded = {CAMPAIGN: list(clients)}
    for criterion in criteria.criteria:
        coded.setdefault(criterion.feature, []).extend(criterion.codes)
    return coded


def fit_model(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    schema: FeatureSchema,
    criteria: Criteria,
    clients: Mapping[str, str],
    *,
    seed: int,
) -> CloseModel:
    """Fit the model that the outcomes allow.

    Args:
        matrix: encoded features of the questions (n, k).
        questions: ``lead_id``, ``outcome``, ``days`` and ``weight`` of each, in order of time.
        schema: of the matrix.
        criteria: of the points.
        clients: the client of each campaign.
        seed: of everything random.
    """
    column = schema.names.index(STAGE)
    short = describe_shortage(questions)
    if not short and count_wins(questions) >= PLENTY_WINS:
        points = None
    else:
        small, points = fit_small_model(matrix, questions, schema, column, criteria, clients)
        if short:
            return small
    return fit_dated_model(
        matrix,
        questions,
        categorical=[schema.names.index(name) for name in schema.categories],
        stratum_column=column,
        strata=len(schema.columns[column].values) + 1,
        seed=seed,
        month_column=schema.names.index(MONTH) if MONTH in schema.names else None,
        points=points,
    )
