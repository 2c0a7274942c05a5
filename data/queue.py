"""The call queue: which open lead is called next, and who holds it.

Every open lead that was scored stands in it once. A dialer leases the best lead that may be called; the row lock
sees to it that no two agents get the same one, and a lease that runs out gives the lead back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.gate import decide_calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    import pandas as pd

    from data.gate import Decision

FIRST_BATCH, LARGEST_BATCH = 8, 512
SNOOZE = timedelta(hours=1)
"""How long a lead that may not be called is passed over, unless it is said until when or its score is refreshed."""

MOST_ASKED = 2_048
"""Leads that one lease looks at; the next one goes on from there, because those that may not be called sleep."""

HIGHEST_VALUE = 2**63 - 1


@dataclass(frozen=True)
class QueuedLead:
    """A lead of the queue with its last score.

    Attributes:
        lead_id: the lead.
        campaign_id: the campaign it is worked in.
        as_of: when it was scored.
        model_version: by which version.
        probability: P(won within 365 days).
        expected_value_minor: close probability × expected amount, minor units.
        leased_by: the agent who holds it.
        leased_until: until when.
    """

    lead_id: str
    campaign_id: str
    as_of: datetime
    model_version: str
    probability: float
    expected_value_minor: int
    leased_by: str | None
    leased_until: datetime | None


def refresh_queue(connection: sa.Connection, scored: pd.DataFrame) -> None:
    """Put scored leads into the queue, or give those in it their new score; leases stay.

    A lead keeps the newer score that it has already, and one that was won or lost meanwhile stays out.

    Args:
        connection: in a transaction.
        scored: ``lead_id`` (each once), ``campaign_id``, ``as_of``, ``model_version``, ``probability``,
            ``expected_value_minor``.
    """
    values = {name: scored[name].tolist() for name in _SCORED}
    values["as_of"] = [moment.to_pydatetime() for moment in scored["as_of"]]
    connection.execute(_REFRESH, values)


def close_queue(connection: sa.Connection, lead_ids: Sequence[str]) -> int:
    """Take leads out of the queue, when they are won, lost or erased; returns how many were in it."""
    statement = sa.text("DELETE FROM call_queue WHERE lead_id = ANY(CAST(:leads AS text[]))")
    return connection.execute(statement, {"leads": list(lead_ids)}).rowcount


def prune_queue(connection: sa.Connection, open_leads: Sequence[str], as_of: datetime) -> int:
    """Take out of the queue who was scored by ``as_of`` and was not open then; returns how many.

    Args:
        connection: in a transaction.
        open_leads: every lead that was open.
        as_of: when; a lead scored later was found open later.
    """
    return connection.execute(_PRUNE, {"leads": list(open_leads), "as_of": as_of}).rowcount


def lease_next_lead(
    connection: sa.Connection, *, campaign_id: str, agent_id: str, at: datetime, seconds: float
) -> QueuedLead | None:
    """Lease the lead of highest expected value that may be called now; ties go by lead id.

    Args:
        connection: in a transaction; the lease holds when it is committed.
        campaign_id: the campaign that the agent works for.
        agent_id: who will hold it.
        at: now.
        seconds: how long the lease lasts.

    Returns:
        The lead, or None where no free lead of the campaign may be called now.
    """
    asked = 0
    for batch in _walk_queue(connection, campaign_id, at, f"{_FREE} AND {_AWAKE}"):
        decided = decide_calls(connection, batch, at)
        _snooze(connection, [decision for decision in decided if decision.rule], at)
        allowed = [decision.lead_id for decision in decided if not decision.rule]
        values = {"leads": allowed, "at": at, "agent": agent_id, "until": at + timedelta(seconds=seconds)}
        if allowed and (row := connection.execute(_LEASE, values).one_or_none()):
            return QueuedLead(*row)
        asked += len(batch)
        if asked >= MOST_ASKED:
            return None
    return None


def list_next_leads(connection: sa.Connection, *, campaign_id: str, limit: int, at: datetime) -> list[QueuedLead]:
    """The free leads of a campaign that may be called now, best expected value first; nothing is leased."""
    found: list[str] = []
    for batch in _walk_queue(connection, campaign_id, at, _FREE):
        decided = decide_calls(connection, batch, at)
        found += [decision.lead_id for decision in decided if not decision.rule]
        if len(found) >= limit:
            break
    rows = connection.execute(_LIST, {"leads": found[:limit]})
    return [QueuedLead(*row) for row in rows]


def _snooze(connection: sa.Connection, refused: list[Decision], at: datetime) -> None:
    if refused:
        values = {
            "leads": [decision.lead_id for decision in refused],
            "until": [decision.until or at + SNOOZE for decision in refused],
        }
        connection.execute(_SNOOZE, values)


def _walk_queue(connection: sa.Connection, campaign_id: str, at: datetime, condition: str) -> Iterator[list[str]]:
    """Batches of lead ids in the queue's order, small at first."""
    size, value, lead = FIRST_BATCH, HIGHEST_VALUE, ""
    statement = sa.text(_WALK.format(condition=condition))
    while True:
        values = {"campaign": campaign_id, "at": at, "size": size, "value": value, "lead": lead}
        rows = connection.execute(statement, values).all()
        if rows:
            yield [row.lead_id for row in rows]
        if len(rows) < size:
            return
        value, lead = rows[-1].expected_value_minor, rows[-1].lead_id
        size = min(size * 4, LARGEST_BATCH)


_SCORED = ("lead_id", "campaign_id", "as_of", "model_version", "probability", "expected_value_minor")
_COLUMNS = ", ".join((*_SCORED, "leased_by", "leased_until"))
_ORDER = "expected_value_minor DESC, lead_id"
_FREE = "(leased_until IS NULL OR leased_until <= :at)"
_AWAKE = "(snoozed_until IS NULL OR snoozed_until <= :at)"

_REFRESH = sa.text(f"""
    INSERT INTO call_queue ({", ".join(_SCORED)})
    SELECT * FROM unnest(CAST(:lead_id AS text[]), CAST(:campaign_id AS text[]), CAST(:as_of AS timestamptz[]),
                         CAST(:model_version AS text[]), CAST(:probability AS double precision[]),
                         CAST(:expected_value_minor AS bigint[])) AS s({", ".join(_SCORED)})
    WHERE NOT EXISTS (SELECT FROM deals d WHERE d.lead_id = s.lead_id AND d.superseded_at IS NULL)
      AND NOT EXISTS (SELECT FROM lead_stages t
                      WHERE t.lead_id = s.lead_id AND t.superseded_at IS NULL AND t.stage = 'lost')
    ORDER BY lead_id
    ON CONFLICT (lead_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _SCORED[1:])}, snoozed_until = NULL
    WHERE call_queue.as_of <= excluded.as_of""")

_PRUNE = sa.text("DELETE FROM call_queue WHERE as_of <= :as_of AND lead_id <> ALL(CAST(:leads AS text[]))")

_WALK = (
    "SELECT lead_id, expected_value_minor FROM call_queue WHERE campaign_id = :campaign AND {condition}"
    " AND expected_value_minor <= :value AND (expected_value_minor < :value OR lead_id > :lead)"
    f" ORDER BY {_ORDER} LIMIT :size"
)

_LEASE = sa.text(f"""
    UPDATE call_queue SET leased_by = :agent, leased_until = :until
    WHERE lead_id = (SELECT lead_id FROM call_queue WHERE lead_id = ANY(CAST(:leads AS text[])) AND {_FREE}
                     ORDER BY {_ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING {_COLUMNS}""")

_SNOOZE = sa.text("""
    UPDATE call_queue q SET snoozed_until = s.until
    FROM unnest(CAST(:leads AS text[]), CAST(:until AS timestamptz[])) AS s(lead_id, until)
    WHERE q.lead_id = s.lead_id
      AND q.lead_id IN (SELECT lead_id FROM call_queue WHERE lead_id = ANY(CAST(:leads AS text[]))
                        FOR UPDATE SKIP LOCKED)""")

_LIST = sa.text(f"SELECT {_COLUMNS} FROM call_queue WHERE lead_id = ANY(CAST(:leads AS text[])) ORDER BY {_ORDER}")
