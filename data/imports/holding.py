"""Rows that are held until the rest of their import is in: handovers that lack what may stand further on.

A contact's title or consent can stand in a later row or file. So a source row that lacks them is asked again at the
end, in the same transaction, and only then refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store.handovers import RULE

if TYPE_CHECKING:
    from collections.abc import Collection

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
    chunk: pd.DataFrame, tables: dict[str, pd.DataFrame], refused: list[Problem]
) -> tuple[HeldRows | None, list[Problem]]:
    """The source rows of a chunk that are held, and the problems of those that are refused at once."""
    held = {problem.row: problem for problem in refused if problem.rule == RULE}
    if not held:
        return None, refused
    kept = {name: _pick(rows, held) for name, rows in tables.items()}
    return (
        HeldRows(_pick(chunk, held), kept, list(held.values())),
        [problem for problem in refused if problem.row not in held],
    )


def _pick(rows: pd.DataFrame, numbers: Collection[int]) -> pd.DataFrame:
    return rows[rows.index.isin(list(numbers))]
