"""What stands in a column of an export: numbers, yes and no, outcomes in which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.imports.values import FLAGS, normalise_number

if TYPE_CHECKING:
    import pandas as pd

WON = {"won", "closedwon", "vundet", "solgt", "sold", "converted", "konverteret", "kunde", "customer", "ordre"}
LOST = {"lost", "closedlost", "tabt", "afvist", "disqualified", "diskvalificeret", "unqualified", "ikkeinteresseret"}
YES = {name for name, value in FLAGS.items() if value}
NO = {name for name, value in FLAGS.items() if not value}


def is_numeric(text: pd.Series, decimal: str) -> bool:
    """Whether all that is filled in is a number, and something is."""
    filled = text[text != ""].unique()
    return len(filled) > 0 and all(normalise_number(value, decimal) is not None for value in filled)


def is_flag(text: pd.Series) -> bool:
    """Whether all that is filled in says yes or no, and something is."""
    filled = {value.lower() for value in text.unique() if value}
    return bool(filled) and filled <= FLAGS.keys()


def split_outcomes(text: pd.Series) -> tuple[list[str], list[str], list[str]]:
    """The values of an outcome column that say won, those that say lost, and the rest, each in order of the alphabet.

    Words for won and lost count first; yes and no count where there are no such words.
    """
    values = sorted(value for value in text.unique() if value)
    for good, bad in ((WON, LOST), (YES, NO)):
        won = [value for value in values if _simplify(value) in good]
        lost = [value for value in values if _simplify(value) in bad]
        if won:
            return won, lost, [value for value in values if value not in (*won, *lost)]
    return [], [], values


def _simplify(value: str) -> str:
    return re.sub(r"[\W_]", "", value.lower())
