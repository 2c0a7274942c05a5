"""Files of calls of any size, and a store that knows the leads called in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from data.contract.codes import DISPOSITIONS

if TYPE_CHECKING:
    from pathlib import Path

    from data import Store

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

ROWS_PER_BLOCK = 250_000
CALLS_PER_LEAD = 10
AGENTS = 40
BEGINNING = datetime(2024, 1, 1, 7, tzinfo=UTC)
SECONDS = 2 * 365 * 24 * 3600
LONGEST_TALK = 600
WORKED_SHARE = 0.05  # of the leads at a time: five weeks of two years
SEED = 5


def write_calls(folder: Path, calls: int) -> Path:
    """Write ``calls.csv``, block by block: in order of time, each to a lead that is worked then, known at once.

    Args:
        folder: made where it does not exist.
        calls: how many rows.

    Returns:
        The folder, as an import reads it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = np.random.default_rng(SEED)
    with (folder / "calls.csv").open("wb") as file:
        for start in range(0, calls, ROWS_PER_BLOCK):
            rows = _draw_calls(drawn, np.arange(start, min(start + ROWS_PER_BLOCK, calls)), calls)
            csv.write_csv(rows, file, csv.WriteOptions(include_header=start == 0, quoting_style="needed"))
    return folder


def _draw_calls(drawn: np.random.Generator, numbers: Numbers, of: int) -> pa.Table:
    size = len(numbers)
    moments = BEGINNING.timestamp() + numbers * SECONDS // of
    text = pc.strftime(pa.array(moments.astype("int64"), pa.timestamp("s", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
    talked = drawn.integers(0, LONGEST_TALK, size) * (drawn.random(size) < 0.5)
    return pa.table(
        {
            "call_id": _name("call-", numbers),
            "lead_id": _name("lead-", _draw_leads(drawn, numbers, of)),
            "agent_id": _name("agent-", drawn.integers(0, AGENTS, size)),
            "talk_seconds": pa.array(talked),
            "disposition": pa.array(np.array(DISPOSITIONS)[drawn.integers(0, len(DISPOSITIONS), size)]),
            "logged_by": pa.array(["dialer"] * size),
            "occurred_at": text,
            "known_at": text,
        }
    )


def _draw_leads(drawn: np.random.Generator, numbers: Numbers, of: int) -> Numbers:
    """Leads are worked some weeks each, one after the other: a call is made to one of those that are worked then."""
    leads = count_leads(of)
    worked = max(1, int(leads * WORKED_SHARE))
    first = numbers * (leads - worked + 1) // of
    return first + drawn.integers(0, worked, len(numbers))


def _name(prefix: str, numbers: Numbers) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), "")


def count_leads(calls: int) -> int:
    """To how many leads so many calls are made."""
    return max(1, calls // CALLS_PER_LEAD)


def add_parents(store: Store, calls: int) -> None:
    """Put the rows that so many calls refer to into an empty store."""
    values = {"at": BEGINNING, "leads": count_leads(calls), "agents": AGENTS}
    with store.transaction() as connection:
        for statement in _PARENTS:
            driver = connection.connection.cursor()
            driver.execute(statement, values)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


_CLOCKS = "occurred_at, known_at, known_at_assumed"
_KNOWN = "%(at)s, %(at)s, TRUE"
_PARENTS = (
    f"""INSERT INTO clients (client_id, name, currency, time_zone, {_CLOCKS})
        VALUES ('client', 'Client', 'DKK', 'Europe/Copenhagen', {_KNOWN})""",
    f"""INSERT INTO campaigns (campaign_id, client_id, name, {_CLOCKS})
        VALUES ('campaign', 'client', 'Campaign', {_KNOWN})""",
    f"""INSERT INTO agents (agent_id, {_CLOCKS})
        SELECT 'agent-' || n, {_KNOWN} FROM generate_series(0, %(agents)s - 1) n""",
    f"""INSERT INTO companies (company_id, client_id, {_CLOCKS})
        SELECT 'company-' || n, 'client', {_KNOWN} FROM generate_series(0, %(leads)s - 1) n""",
    f"""INSERT INTO leads (lead_id, campaign_id, company_id, {_CLOCKS})
        SELECT 'lead-' || n, 'campaign', 'company-' || n, {_KNOWN} FROM generate_series(0, %(leads)s - 1) n""",
)
