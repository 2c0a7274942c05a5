"""A peer: how it learns from rows, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Predict = Callable[[pd.DataFrame], "NDArray[np.float64]"]
"""Gives the probability of each row of a frame (n,)."""


@dataclass(frozen=True)
class Rows:
    """What a peer learns from.

    Attributes:
        frame: the product's features, before they are encoded (n rows).
        won: 0 or 1 (n,).
        weight: of each row (n,).
        ordered: whether the rows are in order of time.
    """

    frame: pd.DataFrame
    won: NDArray[np.int_]
    weight: NDArray[np.float64]
    ordered: bool

    def __len__(self) -> int:
        return len(self.won)


@dataclass(frozen=True)
class Peer:
    """One thing that a team could use instead.

    Attributes:
        name: as the results have it.
        says: what it is, for the table.
        fit: learns from rows with a seed.
        package: the distribution that it comes from; None where it is a few lines of ours.
        refit_rows: it learns anew only after so many rows were judged, because it is slow; 0 is at each step.
    """

    name: str
    says: str
    fit: Callable[[Rows, int], Predict]
    package: str | None = None
    refit_rows: int = 0

    @property
    def version(self) -> str | None:
        """The version of its package; None where that is not installed, or where it has none."""
        try:
            return metadata.version(self.package) if self.package else None
        except metadata.PackageNotFoundError:
            return None

    @property
    def installed(self) -> bool:
        """Whether it can be measured here."""
        return self.package is None or self.version is not None
