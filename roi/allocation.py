"""Dividing amounts so that the parts add up to the whole, always in integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_ALLOCATED = "not allocated"
"""Key of the row for what belongs to no group; shown, never dropped."""


def largest_remainder(parts: Sequence[int], unit: int) -> list[int]:
    """Round each part to whole units so that the results add up to the rounded sum.

    Hamilton's method: every part is rounded down, and the units still missing go to the largest remainders,
    the earlier part first where two are equal. The sum is rounded half up.

    Args:
        parts: amounts in a fine unit (for hours: minor units × 3600).
        unit: how many fine units make one whole.

    Returns:
        One integer per part, less than one unit from it.

    >>> largest_remainder([1800, 1800, 3600], 3600)
    [1, 0, 1]
    """
    whole = (2 * sum(parts) + unit) // (2 * unit)
    rounded = [part // unit for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-(parts[place] % unit), place))
    for place in by_remainder[: whole - sum(rounded)]:
        rounded[place] += 1
    return rounded


def write_spread(pools: str, shares: str, *, keys: Sequence[str], into: Sequence[str]) -> str:
    """SQL that divides every pool by weight, to the last fine unit (largest remainder within the pool).

    Args:
        pools: a relation with the ``keys``, any further columns, and ``fine`` (HUGEINT, 0 or more).
        shares: a relation with the ``keys``, the columns ``into`` and ``weight`` (integer above 0), one row
            for each combination of ``keys`` and ``into``.
        keys: columns by which a pool finds its shares.
        into: columns that say where a part goes.

    Returns:
        A query with the pools' columns and ``into``, where ``fine`` is the part; a pool without shares stays
        whole, with ``into`` null.
    """
    match = " AND ".join(f"pool.{key} = share.{key}" for key in keys)
    taken = ", ".join(f"share.{name}" for name in into)
    order = ", ".join(["scaled % whole DESC", *into])
    return f"""
    WITH pool AS (SELECT row_number() OVER () AS pool_id, * FROM {pools}),
    part AS (
        SELECT pool.*, {taken}, pool.fine * share.weight AS scaled,
               sum(share.weight) OVER (PARTITION BY pool_id) AS whole
        FROM pool LEFT JOIN {shares} AS share ON {match}
    ),
    ranked AS (
        SELECT *, coalesce(scaled // whole, fine) AS rounded,
               row_number() OVER (PARTITION BY pool_id ORDER BY {order}) AS place
        FROM part
    )
    SELECT * EXCLUDE (pool_id, scaled, whole, rounded, place)
             REPLACE (rounded + (place <= fine - sum(rounded) OVER (PARTITION BY pool_id))::INTEGER AS fine)
    FROM ranked"""
