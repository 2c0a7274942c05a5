"""Why a call list is empty: every open lead of the campaign, counted by what stands against a call."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.gate import RULES
from serving.open_leads import decide_leads, list_open_leads

if TYPE_CHECKING:
    from datetime import datetime


def explain_empty_list(connection: sa.Connection, campaign_id: str, at: datetime) -> tuple[str, dict[str, int]]:
    """Say why nobody of a campaign can be called at a moment.

    Args:
        connection: to the store.
        campaign_id: a known campaign.
        at: the moment of the calls.

    Returns:
        A sentence, and how many open leads each rule of the gate refuses, by the rule's name; a lead counts once,
        by the first rule that holds.
    """
    decided = list(decide_leads(connection, list_open_leads(connection, campaign_id, at), at))
    moment = f"{at:%Y-%m-%d %H:%M} UTC"
    if not decided:
        return f"campaign '{campaign_id}' has no open lead at {moment}: its leads are won or lost, or came later.", {}
    counts = Counter(decision.rule.name for decision in decided if decision.rule)
    refused = {rule.name: counts[rule.name] for rule in RULES if counts[rule.name]}
    reasons = [f"{rule.says} ({refused[rule.name]:,})" for rule in RULES if rule.name in refused]
    reasons += _explain_allowed(connection, [decision.lead_id for decision in decided if not decision.rule], at)
    nobody = "the one open lead may not" if len(decided) == 1 else f"none of the {len(decided):,} open leads may"
    return f"{nobody} be called at {moment}: {'; '.join(reasons)}.", refused


def _explain_allowed(connection: sa.Connection, leads: list[str], at: datetime) -> list[str]:
    """Why leads that the gate would let pass are not on the list."""
    held = connection.execute(_HELD, {"leads": leads, "at": at}).scalar_one()
    new = len(leads) - held
    return [
        *([f"an agent is calling it ({held:,})"] if held else []),
        *([f"it was not scored yet, see callworth score ({new:,})"] if new else []),
    ]


_HELD = sa.text("""
    SELECT count(*) FROM call_queue WHERE lead_id = ANY(CAST(:leads AS text[])) AND leased_until > :at""")
