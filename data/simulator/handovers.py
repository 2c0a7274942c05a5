"""What sales answers to the leads that it is handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import draw_codes, name_rows
from data.simulator.frames import NO_TIME, lay_out
from data.simulator.journal import find_qualified

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.journal import Endings
    from data.simulator.leads import Leads
    from data.simulator.timetable import DialledCalls

HOUR, DAY = 3600, 86_400
QUICK_DAYS = 5
"""A lead that is lost so soon after its handover may have been rejected; all others were accepted."""

REJECTED_SHARE = 0.5
REASONS = np.array(["no_need", "timing", "not_reachable", "wrong_person", "bad_data", "other"])
REASON_MIX = np.array([[0.5, 0.25, 0.1, 0.05, 0.05, 0.05], [0.15, 0.1, 0.05, 0.65, 0.0, 0.05]])
"""Why sales rejects: usual contacts, and those with a wrong title."""


def list_handover_answers(
    generator: np.random.Generator, leads: Leads, calls: DialledCalls, endings: Endings
) -> pd.DataFrame:
    """The contract table ``handover_answers``: within two days, and before the lead ends."""
    count = len(leads)
    qualified = find_qualified(calls, count)
    ended = np.maximum(endings.won, endings.lost)
    quick = (endings.lost != NO_TIME) & (endings.lost - qualified < QUICK_DAYS * DAY)
    rejected = quick & (generator.random(count) < REJECTED_SHARE)
    usual = qualified + generator.integers(1, 48, count) * HOUR
    before_end = np.maximum(np.where(ended == NO_TIME, usual, ended - 30), qualified + 5)
    second = np.where(rejected, before_end, np.minimum(usual, before_end))
    reason = REASONS[draw_codes(generator, REASON_MIX[leads.wrong_title.astype(np.int64)])]
    handed = np.flatnonzero(qualified != NO_TIME)
    names = name_rows("l", handed)
    return lay_out(
        "handover_answers",
        {
            "handover_answer_id": np.char.add(names, "-answer"),
            "lead_id": names,
            "answer": np.where(rejected, "rejected", "accepted")[handed],
            "reason": [reason[lead] if rejected[lead] else None for lead in handed],
            "occurred_at": second[handed],
        },
    )
