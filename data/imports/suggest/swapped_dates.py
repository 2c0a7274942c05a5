"""Dates that a spreadsheet read the wrong way round before it saved them: no format mends those."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MONTHS = 12
LEAST_CELLS = 5  # by chance alone, five days of a month are all up to the 12th once in a hundred columns
DATE_CELL = r"^\d{4}-\d{2}-(\d{2})(?:[T ]|$)"
TEXT = r"^(\d{1,2})[-/.]\d{1,2}[-/.]\d{2,4}(?:\D|$)"


def explain_swapped(name: str, text: pd.Series) -> list[str]:
    """A sentence where a column's date cells look like texts with day and month taken for each other, else none.

    A spreadsheet that expects the month first takes 03-02-2025 for 2 March and leaves 13-02-2025 a text, so that
    each date cell has a day up to 12, and each text begins with one above it.

    >>> import pandas as pd
    >>> explain_swapped("Oprettet", pd.Series(["2025-03-02", "13-02-2025"]))
    []
    """
    cells = text.str.extract(DATE_CELL, expand=False).dropna().astype(int)
    first = text.str.extract(TEXT, expand=False).dropna().astype(int)
    if len(cells) < LEAST_CELLS or first.empty or (cells > MONTHS).any() or (first <= MONTHS).any():
        return []
    example = text[cells.index[0]]
    return [
        f"Column '{name}': its date cells, as {example}, all have a day up to 12, and its texts, as "
        f"'{text[first.index[0]]}', all begin with one above it: a spreadsheet has probably taken day and month "
        "for each other in the cells, which no format mends; export it again and open it nowhere in between."
    ]
