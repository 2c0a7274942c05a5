"""Scoring leads: features, probability and expected value in one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from features import FeatureComputer, encode_matrix, hash_row
from training.amounts import STATED_AMOUNT, USUAL_AMOUNT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from data.frames import Tables
    from training.artefact import Artefact


@dataclass(frozen=True)
class Scored:
    """Scores and what they were computed from, row by row.

    Attributes:
        scores: ``lead_id``, ``as_of``, ``campaign_id``, ``probability``, ``probability_low`` and ``probability_high``
            (80 % interval, missing where the version has none), ``probability_90_days``, ``probability_180_days``,
            ``score`` (for people: 1 to 99), ``expected_amount_minor``, ``amount_stated`` (by sales),
            ``expected_value_minor``, ``features_hash``.
        features: raw features, for monitoring.
        matrix: encoded, float64 (n, k).
    """

    scores: pd.DataFrame
    features: pd.DataFrame
    matrix: NDArray[np.float64]


def score_questions(
    tables: Tables, questions: pd.DataFrame, artefact: Artefact, computer: FeatureComputer | None = None
) -> Scored:
    """Score leads, each as of its moment, with the feature functions that the model was trained with.

    Args:
        tables: contract tables that hold the leads' rows.
        questions: ``lead_id`` and ``as_of``.
        artefact: the model version.
        computer: one that is kept, for a process that is asked again and again.

    Raises:
        BadInput: a lead is not visible at its as-of.
    """
    with FeatureComputer() if computer is None else _Kept(computer) as used:
        features = used.compute(tables, questions, artefact.attributes)
    matrix = encode_matrix(features, artefact.schema)
    probability = artefact.predict(matrix)
    low, high = artefact.bound(probability[:, 2], features["campaign"])
    amount = artefact.amounts.expect(features["campaign"], features[STATED_AMOUNT], features[USUAL_AMOUNT])
    scores = pd.DataFrame(
        {
            "lead_id": questions["lead_id"].to_numpy(),
            "as_of": questions["as_of"].to_numpy(),
            "campaign_id": features["campaign"],
            "probability": probability[:, 2],
            "probability_low": low,
            "probability_high": high,
            "probability_90_days": probability[:, 0],
            "probability_180_days": probability[:, 1],
            "score": artefact.scale.score(probability[:, 2]),
            "expected_amount_minor": amount,
            "amount_stated": features[STATED_AMOUNT].notna().to_numpy(),
            "expected_value_minor": (amount.astype("Float64") * probability[:, 2]).round().astype("Int64"),
            "features_hash": [hash_row(row) for row in matrix],
        }
    )
    return Scored(scores, features, matrix)


class _Kept:
    """Lends a computer that someone else closes."""

    def __init__(self, computer: FeatureComputer) -> None:
        self._computer = computer

    def __enter__(self) -> FeatureComputer:
        return self._computer

    def __exit__(self, *_: object) -> None:
        return None
