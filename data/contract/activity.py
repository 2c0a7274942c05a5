"""What was done: calls, meetings and touches in other channels."""

from __future__ import annotations

from data.contract.codes import CALL_LOGS, CHANNELS, DISPOSITIONS, MEETING_OUTCOMES
from data.contract.fields import Field, Kind, Table, key

CALLS = Table(
    "calls",
    grain="one row per dial attempt",
    key="call_id",
    happened="when the dialling began",
    invariants=("talk_seconds is 0 or more",),
    fields=(
        key("call_id", "the call, as the dialer numbers it"),
        key("lead_id", "who was called", of="leads"),
        key("agent_id", "who called", of="agents", required=False),
        Field("talk_seconds", Kind.INTEGER, "time spoken", required=True, minimum=0, unit="seconds"),
        Field("disposition", Kind.CODE, "the coded result", required=True, codes=DISPOSITIONS),
        Field("logged_by", Kind.CODE, "dialer or hand; both count alike", codes=CALL_LOGS),
    ),
)

MEETINGS = Table(
    "meetings",
    grain="one row per booked meeting",
    key="meeting_id",
    happened="when it was booked",
    fields=(
        key("meeting_id", "the meeting"),
        key("lead_id", "with whom", of="leads"),
        key("call_id", "the call that booked it", of="calls", required=False),
        Field("starts_at", Kind.MOMENT, "when it is to be held", required=True),
    ),
)

MEETING_OUTCOME_EVENTS = Table(
    "meeting_outcomes",
    grain="one row per meeting that was held, missed or cancelled",
    key="meeting_id",
    happened="when the outcome was clear",
    fields=(
        key("meeting_id", "the meeting", of="meetings"),
        Field("outcome", Kind.CODE, "what became of it", required=True, codes=MEETING_OUTCOMES),
    ),
)

TOUCHES = Table(
    "touches",
    grain="one row per contact with a lead in a channel other than the phone",
    key="touch_id",
    happened="when it happened",
    fields=(
        key("touch_id", "the touch"),
        key("lead_id", "the lead", of="leads"),
        Field("channel", Kind.CODE, "where", required=True, codes=CHANNELS),
        Field("touch", Kind.TEXT, "what: opened, clicked, attended, asked for a demo"),
    ),
)
