"""The guard: holds every column against every kind of leak."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from training.leaks.chance import split_alpha
from training.leaks.codes import code_column
from training.leaks.filled import find_filled
from training.leaks.leak import Leak, name_column
from training.leaks.missing import find_missing
from training.leaks.restating import find_restating
from training.leaks.strata import cut_strata, halve
from training.leaks.tally import Rows, count_outcomes
from training.leaks.too_good import find_too_good

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from training.leaks.leak import Finding
    from training.leaks.tally import Tally

Kind = Callable[["Tally", float], "Finding | None"]
"""Looks for one kind of leak in a tally, given the chance of a wrong answer."""

KINDS: tuple[Kind, ...] = (find_filled, find_missing, find_restating, find_too_good)
"""What is looked for in a column's tally; the first that finds something gives the reason."""
LEAST_OUTCOMES = 40
MOST_ROWS = 50_000


def find_leaks(
    features: pd.DataFrame,
    won: NDArray[np.int_],
    *,
    groups: pd.Series[Any] | None = None,
    kin: pd.Series[Any] | None = None,
    in_order: bool = True,
    keep: Collection[str] = (),
    kinds: Sequence[Kind] = KINDS,
    names: tuple[str, str] = ("won", "lost"),
) -> list[Leak]:
    """Find the columns that tell the outcome.

    Each is judged among rows of the same group and time, and against chance with all columns and kinds in mind. Of
    more than 50,000 rows the last are looked at.

    Args:
        features: raw features of training rows, one row per lead, in order of time where there is one.
        won: 0 or 1 (n,).
        groups: the campaign of each row.
        kin: the company of each row.
        in_order: whether the order of the rows is that of time.
        keep: columns, as the source calls them, that the user keeps by name.
        kinds: what to look for.
        names: what the outcomes 1 and 0 are called.

    Returns:
        One leak per column that has one; none where fewer than 40 rows are won or lost.
    """
    seen, outcome = features.iloc[-MOST_ROWS:], won[-MOST_ROWS:]
    if min(outcome.sum(), len(outcome) - outcome.sum()) < LEAST_OUTCOMES:
        return []
    strata = cut_strata(outcome, _last(groups), in_order=in_order)
    rows = Rows(outcome, strata, halve(len(outcome), _last(kin)))
    tallies = {str(name): count_outcomes(code_column(seen[name]), rows, names) for name in seen.columns}
    tallies = {name: tally for name, tally in tallies.items() if _varies(tally)}
    alpha = split_alpha(len(tallies), len(kinds))
    leaks = []
    for name, tally in tallies.items():
        if finding := _judge(tally, alpha, kinds):
            column = name_column(name)
            leaks.append(Leak(column, finding.kind, f"'{column}' {finding.reason}.", column in keep))
    return leaks


def _last(column: pd.Series[Any] | None) -> pd.Series[Any] | None:
    return None if column is None else column.iloc[-MOST_ROWS:]


def _varies(tally: Tally) -> bool:
    return bool(((tally.won + tally.lost).sum(axis=(0, 1)) > 0).sum() > 1)


def _judge(tally: Tally, alpha: float, kinds: Sequence[Kind]) -> Finding | None:
    found = (find(tally, alpha) for find in kinds)
    return next((finding for finding in found if finding is not None), None)
