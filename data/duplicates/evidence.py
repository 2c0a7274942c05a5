"""What speaks for and against a pair being one: bits that add up, and the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RECORDED_TWICE = 0.05
"""The share of records expected to stand there once more; what is proposed is chosen by the threshold, not by this."""

PROPOSAL = ("first", "second", "score", "reasons")


@dataclass
class Evidence:
    """The evidence about pairs of records.

    Attributes:
        bits: per pair, for (above 0) or against its being one record, log2 of the odds.
        reasons: flags per pair by what they mean in words, without anything of the records themselves.
    """

    bits: Bits
    reasons: dict[str, Flags] = field(default_factory=dict)

    @classmethod
    def begin(cls, count: int) -> Evidence:
        """Begin with what is known of so many pairs before looking at them."""
        return cls(np.full(count, np.log2(RECORDED_TWICE)))

    def add(self, flags: Flags, bits: float | Bits, reason: str | None = None) -> None:
        """Add bits where the flags are set, with the reason that people read."""
        self.bits = self.bits + np.where(flags, bits, 0.0)
        if reason is not None:
            self.reasons[reason] = flags

    def propose(self, first: pd.Series, second: pd.Series, least: float) -> pd.DataFrame:
        """The pairs whose score is at least ``least``, best first: :data:`PROPOSAL`."""
        score = 1 / (1 + np.exp2(-self.bits))
        kept = score >= least
        told = [
            ", ".join(reason for reason, flag in zip(self.reasons, flags, strict=True) if flag)
            for flags in np.column_stack([*self.reasons.values()])[kept]
        ]
        columns = zip(PROPOSAL, (first[kept], second[kept], score[kept], told), strict=True)
        found = pd.DataFrame({name: np.asarray(values) for name, values in columns})
        return found.sort_values(["score", "first", "second"], ascending=[False, True, True], ignore_index=True)


def propose_nothing() -> pd.DataFrame:
    """No proposals."""
    return pd.DataFrame({"first": [], "second": [], "score": [], "reasons": []}).astype(
        {"first": "str", "second": "str", "score": "float64", "reasons": "str"}
    )
