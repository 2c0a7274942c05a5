"""Points as a score: each criterion and each group adds to the log rate of winning."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Term:
    """What a lead that meets one criterion gains.

    Attributes:
        column: of the matrix.
        codes: any of these, where the column is a category.
        at_least: where it is a number, or None.
        below: the same, or None.
        effect: added to the log rate.
    """

    column: int
    codes: tuple[int, ...]
    at_least: float | None
    below: float | None
    effect: float

    def is_met(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the column's values (n,) meet it; what is missing does not."""
        if self.at_least is not None:
            return values >= self.at_least
        if self.below is not None:
            return values < self.below
        return np.isin(values, self.codes)


@dataclass(frozen=True)
class Points:
    """A score by points.

    Attributes:
        terms: the criteria.
        groups: column to effect by code, of campaigns and segments; a code that is missing adds nothing.
    """

    terms: tuple[Term, ...]
    groups: dict[int, tuple[float, ...]]

    def predict(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log rate relative to the base (n,)."""
        total = np.zeros(len(matrix))
        for term in self.terms:
            total += term.effect * term.is_met(matrix[:, term.column])
        for column, effects in self.groups.items():
            total += look_up(effects, matrix[:, column])
        return total

    def contributions(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each column adds, and last 0, because the base rates hold what is the same for all: (n, k + 1)."""
        shares = np.zeros((len(matrix), matrix.shape[1] + 1))
        for term in self.terms:
            shares[:, term.column] += term.effect * term.is_met(matrix[:, term.column])
        for column, effects in self.groups.items():
            shares[:, column] += look_up(effects, matrix[:, column])
        return shares

    def files(self, name: str) -> dict[str, str]:
        """Terms and groups as JSON."""
        groups = {str(column): list(effects) for column, effects in self.groups.items()}
        content = {"kind": "points", "terms": [asdict(term) for term in self.terms], "groups": groups}
        return {f"{name}.json": json.dumps(content, indent=1, sort_keys=True)}


def read_points(content: Mapping[str, Any]) -> Points:
    """The score that :meth:`Points.files` wrote."""
    terms = tuple(Term(**(term | {"codes": tuple(term["codes"])})) for term in content["terms"])
    return Points(terms, {int(column): tuple(effects) for column, effects in content["groups"].items()})


def look_up(effects: tuple[float, ...], codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The effect of each code (n,); 0 where it is missing.

    >>> look_up((0.5, -0.5), np.array([1.0, np.nan])).tolist()
    [-0.5, 0.0]
    """
    known = np.append(np.asarray(effects, float), 0.0)
    return known[np.nan_to_num(codes, nan=len(effects)).astype(np.intp)]
