"""From the answers of the queries to columns: one value per question, in the questions' order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from features.compiling import Query
    from features.feature import Feature


@dataclass(frozen=True)
class Answer:
    """What one query found.

    Attributes:
        query: the query that was asked.
        result: its Arrow table, or None where there were no rows to ask.
        rows: per question, the row of ``result`` that answers it, or -1.
    """

    query: Query
    result: Any
    rows: NDArray[np.int64]

    @cached_property
    def places(self) -> Any:
        """``rows`` as Arrow integers, null instead of -1."""
        return pa.array(self.rows, mask=self.rows < 0)

    def texts(self, name: str) -> Any:
        """A text column of the result, one value per question, null where there is none."""
        if self.result is None:
            return pa.nulls(len(self.rows), pa.string())
        return self.result[name].take(self.places).combine_chunks()

    def numbers(self, name: str, missing: float) -> NDArray[np.float64]:
        """A number column of the result, one value per question, ``missing`` where there is no row."""
        values = np.full(len(self.rows), missing)
        found = self.rows >= 0
        if self.result is not None:
            values[found] = self.result[name].to_numpy()[self.rows[found]]
        return values

    def column(self, feature: Feature) -> Any:
        """The column of a feature: Arrow text, or float64 with NaN for missing and 0 for an empty count."""
        if feature.kind == "category":
            return self.texts(feature.name)
        return self.numbers(feature.name, 0.0 if feature.kind == "count" else np.nan)


def place_answer(query: Query, result: Any, questions: int) -> Answer:
    """Find the row that answers each question; of several visible versions, the last one.

    Args:
        query: the query that was asked.
        result: its Arrow table, or None.
        questions: how many were asked.
    """
    rows = np.full(questions, -1, dtype=np.int64)
    if result is not None:
        asked = result["question"].to_numpy()
        order = np.arange(len(asked))
        rows[asked] = order
        if query.source.versions and np.any(rows[asked] != order):
            order = np.lexsort([result[clock].to_numpy().view("int64") for clock in ("known_at", "occurred_at")])
            rows[asked[order]] = order
    return Answer(query, result, rows)
