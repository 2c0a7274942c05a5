"""Rows that are held until the rest of their import is in: handovers that lack what may stand further on.

A contact's title or consent can stand in a later row or file. So a source row that lacks them is asked again at the
end, in the same transaction, and only then refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.contract import CONTRACT
from data.store.handovers import RULE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

    from data.contract.problem import Problem


@dataclass(frozen=True)
class HeldRows:
    """Source rows of one chunk.

    Attributes:
        chunk: them, as text.
        tables: the contract rows that they become.
        problems: why they were held, one for each.
    """

    chunk: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    problems: list[Problem]


def hold_rows(
    chunk: pd.DataFrame, tables: dict[str, pd.DataFrame], refused: list[Problem], constant: Collection[str]
) -> tuple[HeldRows | None, list[Problem]]:
    """The source rows of a chunk that are held, and the problems of those that are refused at once."""
    held = {problem.row: problem for problem in refused if problem.rule == RULE}
    if not held:
        return None, refused
    return (
        HeldRows(_pick(chunk, held), pick_rows(tables, list(held), constant), list(held.values())),
        [problem for problem in refused if problem.row not in held],
    )


def pick_rows(
    tables: dict[str, pd.DataFrame], rows: Sequence[int], constant: Collection[str]
) -> dict[str, pd.DataFrame]:
    """The contract rows of some source rows; the first of them carries what the mapping alone fills in."""
    return {
        name: frame[:1].set_axis(list(rows[: len(frame[:1])])) if name in constant else _pick(frame, rows)
        for name, frame in tables.items()
    }


def find_abandoned(tables: dict[str, pd.DataFrame], refused: list[Problem], constant: Collection[str]) -> list[int]:
    """The source rows that were refused only with the one that carried what the mapping alone fills in."""
    carriers = {row for name in constant for row in tables[name].index}
    if carriers.isdisjoint(problem.row for problem in refused):
        return []
    fields = {f"{CONTRACT[name].key}: unknown" for name in constant}
    return [problem.row for problem in refused if problem.row not in carriers and problem.rule in fields]


def _pick(rows: pd.DataFrame, numbers: Collection[int]) -> pd.DataFrame:
    return rows[rows.index.isin(list(numbers))]
