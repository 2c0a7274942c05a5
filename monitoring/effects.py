"""What the drift of a column does to the score."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from features import encode_matrix
from monitoring.columns import SCORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from monitoring.columns import ColumnDrift
    from monitoring.limits import Limits
    from training import Artefact


def add_effects(
    columns: Sequence[ColumnDrift],
    artefact: Artefact,
    reference: pd.DataFrame,
    month: pd.DataFrame,
    limits: Limits,
    seed: int,
) -> tuple[ColumnDrift, ...]:
    """Add to each drifted column what its drift does to the mean score.

    The month's leads are scored as they are, and again with the column's values drawn from the reference; the
    difference is the effect, as a share of the mean of the reference.

    Args:
        columns: of the check.
        artefact: the model version.
        reference: raw features and score that the month was compared with.
        month: raw features of the month's leads.
        limits: how many rows are scored.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.permutation(len(month))[: limits.effect_rows])
    matrix = encode_matrix(month.iloc[chosen], artefact.schema)
    usual = encode_matrix(reference, artefact.schema)
    mean = float(artefact.predict(matrix)[:, -1].mean())
    level = float(reference[SCORE].mean())

    def measure(column: ColumnDrift) -> float:
        place = artefact.schema.names.index(column.name)
        changed = matrix.copy()
        changed[:, place] = rng.choice(usual[:, place], len(matrix))
        return (mean - float(artefact.predict(changed)[:, -1].mean())) / level

    return tuple(
        replace(column, effect=measure(column)) if column.drifted and column.name != SCORE else column
        for column in columns
    )
