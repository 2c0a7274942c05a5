"""Effort: calls, connects and talk time, and the call counts by which costs are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.contract.codes import CONNECTS
from roi.leads import write_group, write_in_time, write_inside, write_month

if TYPE_CHECKING:
    from roi.window import Window

Fact = tuple[str, str, int]
"""Group, measure, value: what every part of the report hands on, to be summed."""

IS_CONNECT = f"disposition IN {CONNECTS}"


def count_calls(connection: Any, window: Window) -> None:
    """Create the table ``cells``: call counts per campaign, month, group and membership of the cohort.

    ``all_calls`` counts the whole month, whatever the window's start, so that the share of a cost does not
    depend on it; ``calls``, ``connects`` and ``talk_seconds`` count the window alone.
    """
    in_time = write_in_time(window, "call.occurred_at")
    connection.execute(
        f"""CREATE TEMP TABLE cells AS
        SELECT lead.campaign_id, lead.client_id,
               {write_month("coalesce(lead.time_zone, 'UTC')", "call.occurred_at")} AS month,
               {write_group(window, agent="call.agent_id", moment="call.occurred_at")} AS group_key,
               {write_inside(window)} AS inside,
               count(*) AS all_calls,
               count(*) FILTER ({in_time}) AS calls,
               count(*) FILTER ({in_time} AND {IS_CONNECT}) AS connects,
               coalesce(sum(talk_seconds) FILTER ({in_time}), 0) AS talk_seconds
        FROM calls AS call LEFT JOIN placed AS lead USING (lead_id)
        GROUP BY ALL"""
    )


def sum_activity(connection: Any) -> list[Fact]:
    """``calls``, ``connects`` and ``talk_seconds`` (time spoken in any call) by group."""
    return sum_facts(
        connection,
        """SELECT group_key, sum(calls) AS calls, sum(connects) AS connects, sum(talk_seconds) AS talk_seconds
        FROM cells WHERE inside GROUP BY group_key""",
    )


def sum_facts(connection: Any, query: str) -> list[Fact]:
    """The facts of a query: its first column is the group, the others are integers named as measures."""
    result = connection.execute(query)
    measures = [column[0] for column in result.description[1:]]
    return [
        (group, measure, int(value))
        for group, *values in result.fetchall()
        for measure, value in zip(measures, values, strict=True)
    ]
