"""A source row that breaks the contract, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 200
"""Characters of a value in a sentence."""


@dataclass(frozen=True)
class Problem:
    """Why a source row cannot enter.

    Attributes:
        row: as a spreadsheet counts it.
        table: the contract table that refuses it.
        column: of the source where there is one, else of the contract.
        value: what stands there.
        rule: short name, to list by.
        reason: what is wrong.
        remedy: what to do.
    """

    row: int
    table: str
    column: str
    value: str
    rule: str
    reason: str
    remedy: str

    def sentence(self, file: object) -> str:
        """The one sentence that people read; of a long value its beginning."""
        value = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}…"
        return f"{file}, row {self.row}, column '{self.column}', value {value!r}: {self.reason}; {self.remedy}."
