"""Dates put together from parts: a day and a month, in rows that are in order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from data.imports.mapping import MomentRule

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "januar"),
            ("february", "feb", "februar"),
            ("march", "mar", "marts"),
            ("april", "apr"),
            ("may", "maj"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug"),
            ("september", "sep"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec", "dez"),
        ),
        start=1,
    )
    for name in (*names, str(number), f"{number:02d}")
}


class MomentComposer:
    """Puts dates together over the chunks of one file; keeps the year and month of the last row."""

    def __init__(self, rule: MomentRule) -> None:
        self._rule = rule
        self._year = rule.first_year
        self._month: int | None = None

    def compose(self, chunk: pd.DataFrame) -> pd.Series:
        """ISO dates of a chunk's rows; missing where month or day cannot be read or the day does not exist.

        The year counts up where the month is lower than in the row before: in rows that are in order of time that
        happens at a new year alone.

        >>> from data.imports.mapping import MomentRule
        >>> rows = pd.DataFrame({"month": ["nov", "dec", "jan"], "day": ["5", "31", "2"]})
        >>> list(MomentComposer(MomentRule("month", 2008, "day")).compose(rows))
        ['2008-11-05', '2008-12-31', '2009-01-02']
        """
        months = chunk[self._rule.month].str.strip().str.lower().map(MONTHS)
        known = months.dropna().astype(int)
        before = known.shift(fill_value=self._month or (int(known.iloc[0]) if len(known) else 1))
        years = self._year + (known < before).cumsum()
        if len(known):
            self._year, self._month = int(years.iloc[-1]), int(known.iloc[-1])
        day = chunk[self._rule.day].str.strip() if self._rule.day else pd.Series("1", index=chunk.index)
        composed = years.astype(str) + "-" + known.astype(str).str.zfill(2) + "-" + day[known.index].str.zfill(2)
        exists = pd.to_datetime(composed, format="%Y-%m-%d", errors="coerce").notna()
        return composed[exists].reindex(chunk.index)
