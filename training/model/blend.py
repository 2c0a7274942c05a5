"""A blend of scores: their weighted sum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.model.score import Score


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
