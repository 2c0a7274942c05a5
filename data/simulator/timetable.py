"""The timetable of the agents: when each call began and how long was spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import name_rows
from data.simulator.calling import FIRST_HOUR
from data.simulator.frames import lay_out

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Floats, Ints, Words
    from data.simulator.calling import Calls
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads

CLOSING_SECOND = 16 * 3600
DIAL_SECONDS = 25
TALK_SECONDS = {
    "no_answer": 0,
    "busy": 0,
    "invalid_number": 0,
    "voicemail": 20,
    "wrong_person": 40,
    "gatekeeper": 45,
    "do_not_call": 35,
    "not_interested": 100,
    "callback": 90,
    "information_sent": 170,
    "interested": 300,
    "meeting_booked": 400,
}
"""Usual time spoken by disposition."""


@dataclass(frozen=True)
class DialledCalls:
    """Calls in order of time, shape (calls,): ``number`` is the id, moments are seconds since 1970."""

    lead: Ints
    day: Ints
    agent: Ints
    disposition: Words
    number: Words
    talk_seconds: Ints
    start: Ints
    end: Ints


def dial_calls(generator: np.random.Generator, calendar: Calendar, leads: Leads, calls: Calls) -> DialledCalls:
    """Give each call its start and length, so that no agent is in two calls at once.

    Each call keeps to its hour but for the seconds that the call before it needs.
    """
    talk = _draw_talk_seconds(generator, leads, calls)
    wish = (FIRST_HOUR + calls.hour) * 3600 + generator.integers(0, 3600, len(talk))
    order = np.lexsort([wish, calls.day, calls.agent])
    shift = calls.agent[order] * 100_000 + calls.day[order]
    second = np.empty_like(wish)
    second[order] = _spread_starts(shift, wish[order], talk[order] + DIAL_SECONDS)
    start = calendar.seconds(calls.day, second)
    order = np.lexsort([calls.agent, start])
    kept = order[start[order] < calendar.end_second]
    return DialledCalls(
        lead=calls.lead[kept],
        day=calls.day[kept],
        agent=calls.agent[kept],
        disposition=calls.disposition[kept],
        number=name_rows("call", np.arange(len(kept))),
        talk_seconds=talk[kept],
        start=start[kept],
        end=(start + talk)[kept],
    )


def _draw_talk_seconds(generator: np.random.Generator, leads: Leads, calls: Calls) -> Ints:
    names = np.array(sorted(TALK_SECONDS))
    usual = np.array([TALK_SECONDS[name] for name in names])[np.searchsorted(names, calls.disposition)]
    spread = np.exp(0.25 * leads.need[calls.lead] + generator.normal(0, 0.5, len(usual)) - 0.125)
    seconds: Floats = np.minimum(usual * spread, 1800)
    return seconds.astype(np.int64)


def _spread_starts(shift: Ints, wish: Ints, seconds: Ints) -> Ints:
    """The earliest starts, not before ``wish``, at which calls of one shift follow each other.

    Args:
        shift: shape (calls,), who works on which day; calls of a shift are neighbours, in order of ``wish``.
        wish: seconds after midnight.
        seconds: that the call occupies the agent.

    Returns:
        Starts in seconds after midnight, moved forward in time where the day would end later than closing.
    """
    opens = np.concatenate([[True], shift[1:] != shift[:-1]])
    block = opens.cumsum() - 1
    before = seconds.cumsum() - seconds
    used = before - before[opens][block]
    # A large step for each shift lets one running maximum serve all of them.
    step = 10_000_000 * block
    starts = np.maximum.accumulate(wish - used + step) - step + used
    total = np.bincount(block, weights=seconds).astype(np.int64)[block]
    latest = CLOSING_SECOND - (total - used)
    return np.asarray(np.minimum(starts, latest))


def list_calls(calls: DialledCalls) -> pd.DataFrame:
    """The contract table ``calls``."""
    return lay_out(
        "calls",
        {
            "call_id": calls.number,
            "lead_id": name_rows("l", calls.lead),
            "agent_id": name_rows("a", calls.agent),
            "talk_seconds": calls.talk_seconds,
            "disposition": calls.disposition,
            "logged_by": np.where(calls.agent % 5 == 4, "hand", "dialer"),
            "occurred_at": calls.start,
        },
    )
