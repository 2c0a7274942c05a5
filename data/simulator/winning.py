"""P(won by a day), exactly: sums over all ways that the simulated process can take.

Durations are independent whole ticks of a clock and outcomes are independent of durations, so the day of
signing is a sum of independent terms and its distribution a convolution. The share of ready customers who sign
on a given day is applied day by day before summing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.simulator.calling import weights_to_shares
from data.simulator.sales import LONGEST_STAGE, STAGES, stage_duration_shares

if TYPE_CHECKING:
    from data.simulator.arrays import Floats, Ints
    from data.simulator.clock import Calendar
    from data.simulator.scenario import Scenario


def shift_mean(table: Floats, weights: Floats, first: int) -> Floats:
    """Mean of later rows: row n of the result is the sum of ``weights[i] * table[n + first + i]``.

    Rows past the end count as 0: what starts after the last tick is not won by any day of the table.

    >>> shift_mean(np.array([[1.0], [2.0], [4.0]]), np.array([0.5, 0.5]), 1)[:, 0].tolist()
    [3.0, 2.0, 0.0]
    """
    result = np.zeros_like(table)
    for step, weight in enumerate(weights, start=first):
        if step < len(table):
            result[: len(table) - step] += weight * table[step:]
    return result


def signed_by_day(scenario: Scenario, calendar: Calendar, size: int) -> Floats:
    """P(signed by day t | a case that passes all stages opens on calling tick v), shape (ticks, days)."""
    shares = stage_duration_shares(scenario)[size]
    total = shares[0]
    for stage in range(1, STAGES):
        total = np.convolve(total, shares[stage])
    opened = calendar.calling.days_at(np.arange(calendar.calling.ticks[-1] + 1))
    passed = calendar.sales.ticks[None, :] - calendar.sales.ticks[opened][:, None]
    reached = total.cumsum()[np.clip(passed, 0, len(total) - 1)]
    return apply_signing(reached, calendar.signing)


def apply_signing(reached: Floats, signing: Floats) -> Floats:
    """P(signed by each day) from P(ready to sign by each day), along the last axis.

    Args:
        reached: shape (rows, days); the first column must be P(ready on the first day).
        signing: share of the ready who sign, of each day; shape (days,) or (rows, days).
    """
    return np.asarray((np.diff(reached, axis=-1, prepend=0.0) * signing).cumsum(axis=-1))


def meeting_tables(scenario: Scenario, signed: Floats) -> dict[str, Floats]:
    """What :func:`signed_by_day` becomes at earlier moments of the way.

    Returns:
        The same probability, given that at tick v a meeting is ``held``; a call has ``booked`` a meeting that
        will be held; a meeting is ``missed`` and the call after it books one that will be held; a call has
        ``rebooked``, a meeting of which that is true. Each of shape (ticks, days).
    """
    first, last = (int(days) for days in scenario.sales.delay_days)
    delay = np.full(last - first + 1, 1 / (last - first + 1))
    gap = weights_to_shares(scenario.calling.gap_weights)
    booked = shift_mean(signed, delay, first)
    missed = shift_mean(booked, gap, 2)
    return {"held": signed, "booked": booked, "missed": missed, "rebooked": shift_mean(missed, delay, first)}


def won_from_attempts(
    scenario: Scenario, tables: dict[str, Floats], attempt: Floats, tick: Ints, targets: Ints, ways: Floats
) -> Floats:
    """P(won by each target day) of leads that wait for their next attempt.

    Args:
        scenario: gives the gaps between attempts.
        tables: of :func:`meeting_tables`.
        attempt: shape (rows, attempts), P(booked at the m-th attempt from now), the next one first.
        tick: shape (rows,), calling tick of the next attempt.
        targets: shape (rows, horizons), days.
        ways: shape (rows, 2), P(won | booked) with the first meeting held, and with the second.
    """
    gap = weights_to_shares(scenario.calling.gap_weights)
    booked, rebooked = tables["booked"], tables["rebooked"]
    won = np.zeros(targets.shape)
    for ahead in range(attempt.shape[1]):
        rows = np.flatnonzero(attempt[:, ahead] > 0)
        if len(rows) == 0:
            continue
        at = tick[rows, None], targets[rows]
        value = ways[rows, :1] * booked[at] + ways[rows, 1:] * rebooked[at]
        won[rows] += attempt[rows, ahead, None] * value
        booked, rebooked = shift_mean(booked, gap, 2), shift_mean(rebooked, gap, 2)
    return won


def won_from_stage(scenario: Scenario, calendar: Calendar, size: int, stage: int, elapsed: Ints, day: Ints) -> Floats:
    """P(signed by each of the 365 days from ``day`` on | all stages are passed) of cases open in a stage.

    Args:
        scenario: gives the durations.
        calendar: gives the clock.
        size: class of the company.
        stage: where the cases stand.
        elapsed: shape (rows,), ticks of the sales clock spent in the stage by the evening before ``day``.
        day: shape (rows,).

    Returns:
        Shape (rows, 365).
    """
    shares = stage_duration_shares(scenario)[size]
    window = day[:, None] + np.arange(365)
    ticks = calendar.sales.ticks[window] - calendar.sales.ticks[day - 1][:, None]
    longest = int(ticks.max()) + 1
    rest = np.ones(1)
    for later in range(stage + 1, STAGES):
        rest = np.convolve(rest, shares[later])
    spread = np.zeros((LONGEST_STAGE + 1, longest))
    for left in range(min(LONGEST_STAGE + 1, longest)):
        taken = min(len(rest), longest - left)
        spread[left, left : left + taken] = rest[:taken]
    left_over = _remaining_shares(shares[stage])
    share: Floats = calendar.signing[window]
    reached: Floats = (left_over @ spread).cumsum(axis=1)
    return apply_signing(reached[elapsed[:, None], ticks], share)


def _remaining_shares(share: Floats) -> Floats:
    """P(r more ticks | more than e are over), shape (e, r), of a duration with the given shares."""
    count = len(share)
    later = np.arange(count)[:, None] + np.arange(count)[None, :]
    left = np.where(later < count, share[np.minimum(later, count - 1)], 0.0)
    left[:, 0] = 0.0
    total = left.sum(axis=1, keepdims=True)
    return np.divide(left, total, out=np.zeros_like(left), where=total > 0)
