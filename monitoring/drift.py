"""Evidently: how far the distributions of columns are from those of the reference. Nothing else imports it."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

NUMBER_METHOD = "wasserstein"
CATEGORY_METHOD = "jensenshannon"


class Distances(NamedTuple):
    """What Evidently found.

    Attributes:
        by_column: column to distance.
        html: Evidently's own report, one page that needs nothing from elsewhere.
    """

    by_column: dict[str, float]
    html: str


def measure_distances(
    reference: pd.DataFrame,
    month: pd.DataFrame,
    numbers: Sequence[str],
    categories: Sequence[str],
    limits: Mapping[str, float],
) -> Distances:
    """Measure how far each column of the month is from the reference.

    Args:
        reference: rows the model was trained on.
        month: rows of the month, with the same columns.
        numbers: columns to compare by the Wasserstein distance in standard deviations of the reference.
        categories: columns to compare by the Jensen-Shannon distance, between 0 and 1.
        limits: column to the distance from which Evidently's page calls it drift; its order is that of the page.

    Each column varies in the reference and has a value on both sides; Evidently gives NaN or divides by zero else.
    """
    os.environ["DO_NOT_TRACK"] = "1"
    with warnings.catch_warnings():
        # Evidently 0.7.23 reaches into numpy.core, writes regular expressions without r"" and imports litestar in
        # ways that litestar is about to drop; all of it while it is imported.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        from evidently import DataDefinition, Dataset, Report
        from evidently.metrics import ValueDrift
    definition = DataDefinition(numerical_columns=list(numbers), categorical_columns=list(categories))
    methods = dict.fromkeys(numbers, NUMBER_METHOD) | dict.fromkeys(categories, CATEGORY_METHOD)
    metrics = [ValueDrift(column=name, method=methods[name], threshold=limit) for name, limit in limits.items()]
    sides = [Dataset.from_pandas(side[list(methods)], data_definition=definition) for side in (month, reference)]
    snapshot = Report(metrics, include_tests=False).run(*sides)
    found = {metric["config"]["column"]: float(metric["value"]) for metric in snapshot.dict()["metrics"]}
    return Distances(found, snapshot.get_html_str(as_iframe=False))
