"""Columns that a suggested mapping leaves out, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.names import AFTERWARDS, find_columns
from data.imports.suggest.coded import drop_dispositions
from data.imports.suggest.contents import is_numeric
from data.personal import LIKELY, UNMISTAKABLE, Contents, looks_personal

if TYPE_CHECKING:
    import pandas as pd

    from data.imports.suggest.export import Export

LEAST_ROWS = 20  # of a file, before a column that differs on each of them says something


def find_drops(export: Export) -> None:
    """Leave out what tells the outcome, what says who a person is, what names rows, and a closing date with gaps."""
    free = [column for column in export.rows.columns if column not in export.roles.values()]
    afterwards = find_columns(free, AFTERWARDS)
    personal = [column for column in free if looks_personal(column, describe_contents(export.rows[column]))]
    unique = [column for column in free if _names_rows(export, column)]
    for columns, reason in (
        (afterwards, "filled in once the outcome is known, so it would tell the model the answer"),
        (personal, "it says who a person is, or may"),
        (unique, "it is different on every row and teaches nothing"),
    ):
        new = [column for column in columns if column not in export.drop]
        export.drop += new
        export.notes += [f"Column '{column}' is dropped: {reason}." for column in new]
    drop_dispositions(export)
    if "closed" in export.roles and not _dates_outcomes(export):
        column = export.roles.pop("closed")
        export.drop.append(column)
        export.notes.append(f"Column '{column}' is dropped: not every decided lead has a date there.")


def describe_contents(text: pd.Series) -> Contents:
    """What stands in a column, as counts.

    >>> import pandas as pd
    >>> describe_contents(pd.Series(["", "33 12 34 56", "ring jens@firma.dk"]))
    Contents(filled=2, distinct=2, unmistakable=1, likely=1)
    """
    filled = text[text != ""]
    unmistakable = filled.str.contains(UNMISTAKABLE.replace("(", "(?:"), regex=True)
    likely = filled.str.fullmatch(LIKELY)
    return Contents(len(filled), filled.nunique(), int(unmistakable.sum()), int(likely.sum()))


def _names_rows(export: Export, column: str) -> bool:
    text = export.rows[column]
    if len(text) <= LEAST_ROWS or not text.is_unique:
        return False
    return not is_numeric(text, export.signs.find(column)) and not export.dates.find(column)[0]


def _dates_outcomes(export: Export) -> bool:
    """Whether the closing date can date the outcomes: each decided lead has one."""
    decided = export.text("outcome").isin([*export.won, *export.lost]) if "outcome" in export.roles else None
    return decided is not None and bool((export.text("closed")[decided] != "").all())
