"""What makes leads differ: a score per row on the scale of a link, which is a sum of what each column adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    import lightgbm as lgb
    from numpy.typing import NDArray

MANY_ROWS = 1_000


class Score(Protocol):
    """A score on the scale of a link: the log rate relative to a base, or log-odds."""

    def predict(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The score of each row of an encoded matrix (n, k): (n,)."""
        ...

    def contributions(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each column adds to the score, and last what is the same for all rows: (n, k + 1).

        A row's sum is its score.
        """
        ...

    def files(self, name: str) -> dict[str, str]:
        """The score as texts, each under the name of its file, which begins with ``name``."""
        ...


@dataclass(frozen=True)
class Trees:
    """A score by LightGBM's trees."""

    booster: lgb.Booster

    def predict(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The score without the starting score (n,).

        A few rows take one thread: waking others costs more than it saves, and the service has many requests at once.
        """
        threads = 1 if len(matrix) < MANY_ROWS else 0
        return np.asarray(self.booster.predict(matrix, raw_score=True, num_threads=threads))

    def contributions(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """TreeSHAP values of the columns, and the mean score: (n, k + 1).

        Source: Lundberg et al., Nature Machine Intelligence 2, 2020, doi 10.1038/s42256-019-0138-9, as LightGBM
        computes it.
        """
        return np.asarray(self.booster.predict(matrix, pred_contrib=True))

    def files(self, name: str) -> dict[str, str]:
        """LightGBM's own text."""
        return {f"{name}.txt": self.booster.model_to_string()}
