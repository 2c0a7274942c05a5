"""A blend of scores: their weighted sum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.model.score import Score
    from training.points.points import Points

HALF_TRUST_WINS = 50
"""With so many leads won, trees and points count alike."""

PLENTY_WINS = 300
"""From so many on, trees alone."""


@dataclass(frozen=True)
class Blend:
    """The weighted sum of scores on one scale.

    Attributes:
        parts: the scores.
        weights: of each.
    """

    parts: tuple[Score, ...]
    weights: tuple[float, ...]

    def predict(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weighted sum of the parts' scores (n,)."""
        return np.asarray(sum(w * part.predict(matrix) for w, part in zip(self.weights, self.parts, strict=True)))

    def contributions(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weighted sum of what the parts' columns add (n, k + 1)."""
        shares = (w * part.contributions(matrix) for w, part in zip(self.weights, self.parts, strict=True))
        return np.asarray(sum(shares))

    def files(self, name: str) -> dict[str, str]:
        """The weights as JSON, and the files of each part."""
        names = [f"{name}_{place}" for place in range(len(self.parts))]
        content = {"kind": "blend", "parts": names, "weights": self.weights}
        files = {f"{name}.json": json.dumps(content, indent=1, sort_keys=True)}
        for part, own in zip(self.parts, names, strict=True):
            files |= part.files(own)
        return files


def blend_points(trees: Score, points: Points, wins: int) -> Score:
    """Trees and points together, trees the more the more leads were won."""
    trust = trust_trees(wins)
    return trees if trust == 1 else Blend((trees, points), (trust, 1 - trust))


def trust_trees(wins: int) -> float:
    """The weight of the trees' score, the rest being that of the points.

    >>> [trust_trees(wins) for wins in (0, 50, 300)]
    [0.0, 0.5, 1.0]
    """
    return 1.0 if wins >= PLENTY_WINS else wins / (wins + HALF_TRUST_WINS)
