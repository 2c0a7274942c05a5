from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import timing

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def spend(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that only moves when time is spent on it."""
    now = [0.0]

    def move(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(timing, "perf_counter", lambda: now[0])
    return move


def test_time_once_is_the_time_of_the_work(spend: Callable[[float], None]) -> None:
    assert timing.time_once(lambda: spend(2.5)) == 2.5


def test_a_pair_is_done_by_turns_and_its_ratio_is_of_the_same_turn(spend: Callable[[float], None]) -> None:
    # The machine slows down tenfold in the second turn: ratios 2, 3, 4, while the medians are 4 and 1.
    ours, plain, order = iter([2.0, 30.0, 4.0]), iter([1.0, 10.0, 1.0]), []

    def work() -> None:
        order.append("ours")
        spend(next(ours))

    def beside() -> None:
        order.append("plain")
        spend(next(plain))

    assert timing.time_pair(work, beside, 3) == timing.Pair(4.0, 1.0, 3.0)
    assert order == ["ours", "plain", "plain", "ours", "ours", "plain"]


def test_time_each_gives_the_time_of_every_item(spend: Callable[[float], None]) -> None:
    assert timing.time_each(spend, [1.0, 0.5, 2.0]).tolist() == [1.0, 0.5, 2.0]
