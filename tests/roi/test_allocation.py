"""Parts add up to the whole."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.allocation import largest_remainder, write_spread


@pytest.mark.parametrize(
    ("parts", "unit", "expected"),
    [
        ([], 3600, []),
        ([0, 0], 10, [0, 0]),
        ([33, 33, 34], 100, [0, 0, 1]),  # 100 of 100 is one whole; 34 is the largest remainder
        ([50, 50], 100, [1, 0]),  # equal remainders: the earlier part
        ([49], 100, [0]),
        ([50], 100, [1]),  # the sum is rounded half up
        ([190, 190, 20], 100, [2, 2, 0]),
        ([-30, 130], 100, [0, 1]),  # -0.3 and 1.3 make 1: floors are -1 and 1, the larger remainder gets it
    ],
)
def test_units_go_to_the_largest_remainders(parts: list[int], unit: int, expected: list[int]) -> None:
    assert largest_remainder(parts, unit) == expected


@given(st.lists(st.integers(-(10**15), 10**15), max_size=30), st.sampled_from([1, 7, 3600, 10**12]))
def test_parts_add_up_and_none_moves_by_a_unit(parts: list[int], unit: int) -> None:
    rounded = largest_remainder(parts, unit)
    assert abs(sum(rounded) * unit - sum(parts)) * 2 <= unit
    assert all(abs(got * unit - part) < unit for got, part in zip(rounded, parts, strict=True))


@pytest.mark.parametrize(
    ("fine", "weights", "expected"),
    [
        (100, {"x": 1, "y": 1, "z": 1}, {"x": 34, "y": 33, "z": 33}),
        (7, {"x": 1, "y": 3}, {"x": 2, "y": 5}),  # 1.75 and 5.25
        (5, {}, {None: 5}),
        (0, {"x": 2}, {"x": 0}),
        (10**20, {"x": 10**9, "y": 2 * 10**9}, {"x": 33333333333333333333, "y": 66666666666666666667}),
    ],
)
def test_a_pool_is_spread_by_weight(fine: int, weights: dict[str, int], expected: dict[str, int]) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE pools AS SELECT 'k1' AS campaign, ?::HUGEINT AS fine", [fine])
        connection.execute("CREATE TABLE shares (campaign VARCHAR, goal VARCHAR, weight BIGINT)")
        for goal, weight in weights.items():
            connection.execute("INSERT INTO shares VALUES ('k1', ?, ?)", [goal, weight])
        connection.execute("INSERT INTO shares VALUES ('k2', 'elsewhere', 1)")
        spread = write_spread("pools", "shares", keys=("campaign",), into=("goal",))
        assert dict(connection.execute(f"SELECT goal, fine FROM ({spread})").fetchall()) == expected
