"""Rows of one source settled among themselves: what the store's merge does, for rows that never meet a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.contract import CONTRACT
from data.contract.problem import Problem

if TYPE_CHECKING:
    import numpy as np

    from data.contract import Table


def settle_rows(tables: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Leave out rows that contradict each other, and chain the versions of those that stay.

    Args:
        tables: typed rows with all contract columns; the index is the source row.

    Returns:
        The rows with ``superseded_at``, each version once; and one problem per source row left out.
    """
    refused: dict[int, Problem] = {}
    for name, rows in tables.items():
        _refuse(refused, _find_twice(CONTRACT[name], rows))
    count = -1
    while count != (count := len(refused)):  # a refused parent takes its children with it
        kept = {name: rows[~rows.index.isin(list(refused))] for name, rows in tables.items()}
        for name, rows in kept.items():
            _refuse(refused, _find_orphans(name, rows, kept))
        _refuse(refused, _find_second_outcomes(kept))
    return {name: _chain_versions(CONTRACT[name], rows) for name, rows in kept.items()}, list(refused.values())


def _refuse(refused: dict[int, Problem], found: list[Problem]) -> None:
    for problem in found:
        refused.setdefault(problem.row, problem)


def _find_twice(table: Table, rows: pd.DataFrame) -> list[Problem]:
    key = table.key
    several = rows[rows[key].duplicated(keep=False)]
    if several.empty:
        return []
    moment = several["known_at"].mask(several["known_at_assumed"].astype(bool))
    content = several.groupby(list(table.content), dropna=False, sort=False).ngroup()
    first = content.groupby([several[key], moment], dropna=False, sort=False).transform("first")
    reason, remedy = f"another row has the same {key} and other content", "keep one of the two"
    differs = several.loc[content != first, key]
    return [
        Problem(row, table.name, key, value, f"{key}: twice", reason, remedy)
        for row, value in zip(differs.index.tolist(), differs.tolist(), strict=True)
    ]


def _find_orphans(name: str, rows: pd.DataFrame, kept: dict[str, pd.DataFrame]) -> list[Problem]:
    found = []
    for field, parent in CONTRACT[name].references():
        there = kept[parent][CONTRACT[parent].key] if parent in kept else pd.Series(dtype="str")
        orphans = rows.loc[rows[field].notna() & ~_is_in(rows[field], there), field]
        reason = f"there is no such row in {parent}"
        remedy = f"import its {parent} first or correct the {field}"
        found += [
            Problem(row, name, field, value, f"{field}: unknown", reason, remedy)
            for row, value in zip(orphans.index.tolist(), orphans.tolist(), strict=True)
        ]
    return found


def _find_second_outcomes(kept: dict[str, pd.DataFrame]) -> list[Problem]:
    if "deals" not in kept or "lead_stages" not in kept:
        return []
    deals, stages = kept["deals"]["lead_id"], kept["lead_stages"]
    lost = stages["lead_id"][stages["stage"] == "lost"]
    second = deals[_is_in(deals, lost)]  # stages come before deals in the contract, and so into the store
    rule, reason = "lead_id: two outcomes", "the lead is already lost, and a lead has one outcome"
    return [
        Problem(row, "deals", "lead_id", lead, rule, reason, "keep the outcome that is true")
        for row, lead in zip(second.index.tolist(), second.tolist(), strict=True)
    ]


def _chain_versions(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Equal rows once, at their first date; each version ends when the next becomes known."""
    if not rows[table.key].duplicated().any():
        return rows.assign(superseded_at=pd.Series(pd.NaT, index=rows.index, dtype=rows["known_at"].dtype))
    stated = rows["known_at"].mask(rows["known_at_assumed"].astype(bool))
    ordered = rows.assign(stated=stated).sort_values("occurred_at", kind="stable")
    once = ordered.drop_duplicates([*table.content, "stated"]).sort_values("known_at", kind="stable")
    versions = once.drop_duplicates([table.key, "known_at"]).drop(columns="stated")
    return versions.assign(superseded_at=versions.groupby(table.key, sort=False)["known_at"].shift(-1))


def _is_in(values: pd.Series, there: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """As ``Series.isin``, which takes text one value at a time."""
    found = pc.is_in(pa.array(values, pa.string()), pa.array(there, pa.string()))
    return found.to_numpy(zero_copy_only=False)
