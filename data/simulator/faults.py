"""Data faults of the kinds people really have, planted at the scenario's rates and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.simulator.arrays import name_rows
from data.simulator.numbers import break_cvr_number

if TYPE_CHECKING:
    from data.simulator.arrays import Flags, Ints
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario


def plant_faults(
    generator: np.random.Generator,
    scenario: Scenario,
    leads: Leads,
    tables: dict[str, pd.DataFrame],
    end_second: int,
) -> pd.DataFrame:
    """Change ``tables`` in place and say what was changed.

    Returns:
        Columns table, key and fault, one row per planted fault.
    """
    end = pd.Timestamp(end_second, unit="s", tz="UTC")
    found = [
        *_spoil_companies(generator, scenario, tables),
        *_spoil_contacts(generator, scenario, leads, tables),
        *_spoil_calls(generator, scenario, tables, end),
        *_spoil_meetings(generator, scenario, tables, end),
        *_spoil_leads(generator, scenario, tables),
        *_duplicate_parties(generator, scenario, tables, end),
    ]
    return pd.DataFrame(found, columns=["table", "key", "fault"]).astype("str")


def _draw(generator: np.random.Generator, share: float, rows: int) -> Ints:
    """Rows to spoil, each with the given chance."""
    return np.flatnonzero(generator.random(rows) < share)


def _record(frame: pd.DataFrame, table: str, rows: Ints | Flags, fault: str) -> list[tuple[str, str, str]]:
    return [(table, str(key), fault) for key in frame.iloc[:, 0].to_numpy()[rows]]


def _put(frame: pd.DataFrame, rows: Ints, column: str, values: Any) -> None:
    frame.loc[frame.index[rows], column] = values


def _spoil_companies(
    generator: np.random.Generator, scenario: Scenario, tables: dict[str, pd.DataFrame]
) -> list[tuple[str, str, str]]:
    companies = tables["companies"]
    rows = _draw(generator, scenario.faults.invalid_cvr, len(companies))
    broken = [break_cvr_number(number) for number in companies["registration_id"].iloc[rows]]
    _put(companies, rows, "registration_id", broken)
    return _record(companies, "companies", rows, "invalid_cvr")


def _spoil_contacts(
    generator: np.random.Generator, scenario: Scenario, leads: Leads, tables: dict[str, pd.DataFrame]
) -> list[tuple[str, str, str]]:
    """A number that cannot exist is a dead one, so the impossible are taken from the dead.

    A lead whose contact has no title is not handed over as qualified, and so gets no answer from sales.
    """
    contacts = tables["contacts"]
    known = contacts["contact_id"].to_numpy()
    dead = np.isin(known, name_rows("p", np.flatnonzero(leads.dead)))
    wrong = np.isin(known, name_rows("p", np.flatnonzero(leads.wrong_title)))
    share = min(1.0, scenario.faults.impossible_phone / max(dead.mean(), 1e-9))
    impossible = np.flatnonzero(dead & (generator.random(len(contacts)) < share))
    _put(
        contacts,
        impossible,
        "phone",
        [f"+45{number:05d}" for number in generator.integers(0, 99_999, len(impossible))],
    )
    _put(contacts, impossible, "phone_valid", pd.NA)
    untitled = _draw(generator, scenario.faults.missing_title, len(contacts))
    _put(contacts, untitled, "title", None)
    _put(contacts, untitled, "decision_level", None)
    _take_back_handovers(tables, contacts["contact_id"].iloc[untitled])
    wrong[untitled] = False
    dead[impossible] = False
    return [
        *_record(contacts, "contacts", impossible, "impossible_phone"),
        *_record(contacts, "contacts", dead, "dead_number"),
        *_record(contacts, "contacts", untitled, "missing_title"),
        *_record(contacts, "contacts", wrong, "wrong_title"),
    ]


def _take_back_handovers(tables: dict[str, pd.DataFrame], contacts: pd.Series) -> None:
    leads, stages, answers = (tables[name] for name in ("leads", "lead_stages", "handover_answers"))
    theirs = leads.loc[leads["contact_id"].isin(contacts), "lead_id"]
    handed = (stages["stage"] == "qualified") & stages["lead_id"].isin(theirs)
    tables["lead_stages"] = stages[~handed].reset_index(drop=True)
    tables["handover_answers"] = answers[~answers["lead_id"].isin(theirs)].reset_index(drop=True)


def _spoil_calls(
    generator: np.random.Generator, scenario: Scenario, tables: dict[str, pd.DataFrame], end: pd.Timestamp
) -> list[tuple[str, str, str]]:
    calls, faults = tables["calls"], scenario.faults
    late = _draw(generator, faults.late_call, len(calls))
    known = calls["occurred_at"].iloc[late] + pd.to_timedelta(generator.integers(2, 10, len(late)), unit="D")
    late = late[(known < end).to_numpy()]
    _put(calls, late, "known_at", known[known < end].to_numpy())
    stray = _draw(generator, faults.unknown_lead, len(calls))
    _put(calls, stray, "lead_id", [f"x{number}" for number in range(1, len(stray) + 1)])
    negative = np.setdiff1d(_draw(generator, faults.negative_talk, len(calls)), stray)
    _put(calls, negative, "talk_seconds", -1)
    return [
        *_record(calls, "calls", late, "late_call"),
        *_record(calls, "calls", stray, "unknown_lead"),
        *_record(calls, "calls", negative, "negative_talk"),
    ]


def _spoil_meetings(
    generator: np.random.Generator, scenario: Scenario, tables: dict[str, pd.DataFrame], end: pd.Timestamp
) -> list[tuple[str, str, str]]:
    outcomes = tables["meeting_outcomes"]
    long_past = (outcomes["occurred_at"] < end - pd.Timedelta(days=30)).to_numpy()
    gone = long_past & (generator.random(len(outcomes)) < scenario.faults.missing_outcome)
    tables["meeting_outcomes"] = outcomes[~gone].reset_index(drop=True)
    return _record(outcomes, "meetings", gone, "missing_outcome")


def _spoil_leads(
    generator: np.random.Generator, scenario: Scenario, tables: dict[str, pd.DataFrame]
) -> list[tuple[str, str, str]]:
    leads = tables["leads"]
    rows = _draw(generator, scenario.faults.stale_next_action, len(leads))
    before = leads["occurred_at"].iloc[rows] - pd.Timedelta(days=90)
    _put(leads, rows, "next_action_at", before.to_numpy())
    return _record(leads, "leads", rows, "stale_next_action")


def _duplicate_parties(
    generator: np.random.Generator, scenario: Scenario, tables: dict[str, pd.DataFrame], end: pd.Timestamp
) -> list[tuple[str, str, str]]:
    """The same company or person once more, under another id."""
    found = []
    for table, key in (("companies", "company_id"), ("contacts", "contact_id")):
        frame = tables[table]
        copies = frame.iloc[_draw(generator, scenario.faults.duplicate, len(frame))].copy()
        copies[key] = copies[key] + "d"
        copies["occurred_at"] += pd.to_timedelta(generator.integers(1, 60, len(copies)), unit="D")
        copies["known_at"] = copies["occurred_at"]
        copies = copies[copies["occurred_at"] < end]
        tables[table] = pd.concat([frame, copies], ignore_index=True)
        found += [(table, str(name), "duplicate") for name in copies[key]]
    return found
