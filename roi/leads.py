"""Where each lead belongs: its campaign, client, group in the report, and whether the window is about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import BadInput
from data.visible import write_moment
from roi.allocation import NOT_ALLOCATED

if TYPE_CHECKING:
    from roi.window import Window

NOT_STATED = "not stated"
"""Key of the row for leads without a segment or list."""

GROUPS = {
    "campaign": "lead.campaign_id",
    "client": "campaign.client_id",
    "segment": f"coalesce(lead.segment, '{NOT_STATED}')",
    "list": f"coalesce(lead.list_id, '{NOT_STATED}')",
    "agent": "NULL::VARCHAR",
    "month": "NULL::VARCHAR",
}
"""The group that a lead gives to all that happens with it; agents and months come from the event."""


def place_leads(connection: Any, window: Window) -> None:
    """Create the table ``placed``: one row per visible lead.

    Its columns are ``lead_id``, ``campaign_id``, ``client_id``, ``time_zone`` (of the client),
    ``created_month`` in it, ``inside`` (the window is about this lead) and ``lead_group``.

    Raises:
        BadInput: a client's time zone does not exist.
    """
    created_month = write_month("coalesce(client.time_zone, 'UTC')", "lead.occurred_at")
    by_creation = window.by == "month" and window.is_cohort
    inside = "TRUE"
    if window.is_cohort and window.start is not None:
        inside = f"lead.occurred_at >= {write_moment(window.start)}"
    _check_time_zones(connection)
    connection.execute(
        f"""CREATE TEMP TABLE placed AS
        SELECT lead.lead_id, lead.campaign_id, campaign.client_id,
               coalesce(client.time_zone, 'UTC') AS time_zone,
               {created_month} AS created_month,
               {inside} AS inside,
               {created_month if by_creation else GROUPS[window.by]} AS lead_group
        FROM leads AS lead
        LEFT JOIN campaigns AS campaign USING (campaign_id)
        LEFT JOIN clients AS client USING (client_id)"""
    )


def _check_time_zones(connection: Any) -> None:
    unknown = connection.execute(
        """SELECT client_id, time_zone FROM clients
        WHERE time_zone NOT IN (SELECT name FROM pg_timezone_names()) ORDER BY client_id LIMIT 1"""
    ).fetchone()
    if unknown:
        client, time_zone = unknown
        raise BadInput(
            f"the time zone {time_zone!r} of client {client} is not known; give an IANA name such as Europe/Copenhagen."
        )


def write_group(window: Window, *, agent: str, moment: str, lead: str = "lead") -> str:
    """SQL for the group of an event of a lead.

    Args:
        window: the question.
        agent: SQL for the agent who has the credit.
        moment: SQL for when it happened.
        lead: alias of ``placed``, which may be outer-joined.
    """
    if window.by == "agent":
        group = agent
    elif window.by == "month" and not window.is_cohort:
        return write_month(f"coalesce({lead}.time_zone, 'UTC')", moment)
    else:
        group = f"{lead}.lead_group"
    return f"coalesce({group}, '{NOT_ALLOCATED}')"


def write_inside(window: Window, lead: str = "lead") -> str:
    """SQL that says whether the window is about a lead; an unknown lead belongs to no cohort."""
    return f"coalesce({lead}.inside, {'FALSE' if window.is_cohort else 'TRUE'})"


def write_in_time(window: Window, moment: str) -> str:
    """SQL that says whether an event counts by its own date; in a cohort every one does."""
    if window.is_cohort or window.start is None:
        return "TRUE"
    return f"{moment} >= {write_moment(window.start)}"


def write_month(time_zone: str, moment: str) -> str:
    """SQL for the calendar month (``2026-03``) of a moment in a time zone."""
    return f"strftime(timezone({time_zone}, {moment}), '%Y-%m')"
