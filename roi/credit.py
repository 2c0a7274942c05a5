"""Which agent has the credit for what came of a lead."""

from __future__ import annotations

from typing import Any

from roi.activity import IS_CONNECT


def credit_agents(connection: Any, source: str, target: str, *, wanted: bool) -> None:
    """Create ``target``: the rows of ``source`` with ``agent_id``, the agent who has the credit.

    The credit goes to the agent of the call that booked the meeting (for what is no meeting itself: the
    lead's last meeting until then), else of the last connect, else of the last call, else to nobody (null).
    Calls without an agent are passed over. What happened at the very moment of the event came before it.

    Args:
        connection: with the views of :func:`data.visible.open_visible`.
        source: a table with ``lead_id``, ``credit_at``, ``meeting_id`` and ``call_id`` (the last two null for
            what is no meeting).
        target: name of the new table, or view.
        wanted: False leaves ``agent_id`` null, for reports that do not ask for it.
    """
    if not wanted:
        connection.execute(f"CREATE TEMP VIEW {target} AS SELECT *, NULL::VARCHAR AS agent_id FROM {source}")
        return
    connection.execute(
        f"""CREATE TEMP TABLE {target} AS
        WITH dialled AS (
            SELECT * FROM calls
            WHERE agent_id IS NOT NULL AND lead_id IN (SELECT lead_id FROM {source})
        ),
        booking AS ({_write_latest("meeting.lead_id", "meeting.occurred_at", "meeting.meeting_id")}
            FROM meetings AS meeting JOIN dialled USING (call_id) GROUP BY ALL),
        connect AS ({_write_latest("lead_id", "occurred_at", "call_id")}
            FROM dialled WHERE {IS_CONNECT} GROUP BY ALL),
        attempt AS ({_write_latest("lead_id", "occurred_at", "call_id")} FROM dialled GROUP BY ALL)
        SELECT event.*, coalesce(
            own.agent_id,
            CASE WHEN event.meeting_id IS NULL THEN booking.agent_id END,
            connect.agent_id,
            attempt.agent_id) AS agent_id
        FROM {source} AS event
        LEFT JOIN dialled AS own ON own.call_id = event.call_id
        {_write_last_before("booking")} {_write_last_before("connect")} {_write_last_before("attempt")}"""
    )


def _write_latest(lead: str, moment: str, tie: str) -> str:
    """One agent per lead and moment: of two calls at one moment, the one with the later key."""
    return f"SELECT {lead} AS lead_id, {moment} AS happened_at, arg_max(dialled.agent_id, {tie}) AS agent_id"


def _write_last_before(name: str) -> str:
    return f"""ASOF LEFT JOIN {name}
        ON {name}.lead_id = event.lead_id AND event.credit_at >= {name}.happened_at"""
