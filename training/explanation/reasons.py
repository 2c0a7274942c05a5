"""Why a lead has its score: the features that speak for it and against it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from features import FEATURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.artefact import Artefact


@dataclass(frozen=True)
class Reason:
    """One feature's share in a score.

    Attributes:
        feature: its name.
        text: the feature in words, with its value.
        effect: what it adds to the log-odds that the lead is won once it closes; negative speaks against it.
    """

    feature: str
    text: str
    effect: float


def explain_scores(
    artefact: Artefact, features: pd.DataFrame, matrix: NDArray[np.float64], *, most: int = 3
) -> list[list[Reason]]:
    """The strongest reasons of each score, strongest first.

    TreeSHAP (Lundberg et al., Nature Machine Intelligence 2, 2020, doi 10.1038/s42256-019-0138-9) as LightGBM
    computes it: the effects of all features and the base add up to the score before calibration.

    Args:
        artefact: the model version.
        features: raw features (n rows).
        matrix: the same, encoded (n, k).
        most: reasons per score.
    """
    effects = artefact.model.winning.contributions(matrix)[:, :-1]
    names = artefact.schema.names
    explained = []
    for row, values in zip(effects, features.to_dict("records"), strict=True):
        order = np.argsort(-np.abs(row), kind="stable")[:most]
        explained.append(
            [Reason(names[i], phrase_feature(names[i], values[names[i]]), float(row[i])) for i in order if row[i]]
        )
    return explained


def phrase_feature(name: str, value: Any) -> str:
    """A feature and its value as people say it.

    >>> phrase_feature("calls_last_30_days", 3.0)
    'calls last 30 days: 3'
    """
    words = FEATURES[name].words if name in FEATURES else name.removeprefix("attribute_").replace("_", " ")
    if value is None or pd.isna(value):
        return f"{words}: not known"
    if isinstance(value, float):
        return f"{words}: {value:.0f}" if value == round(value) else f"{words}: {value:.3g}"
    return f"{words}: {value}"
