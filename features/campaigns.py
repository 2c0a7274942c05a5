"""How the lead is worked: campaign, list, segment and message."""

from __future__ import annotations

from features.expressions import DAY
from features.feature import feature
from features.sources import CAMPAIGNS, LEADS, LISTS


@feature(LEADS, unit="segment", kind="category")
def segment() -> str:
    """Segment of the lead, as agreed for the campaign."""
    return "segment"


@feature(LEADS, unit="variant", kind="category")
def message_variant() -> str:
    """Message that the agent uses."""
    return "message_variant"


@feature(LEADS, unit="campaign", kind="category", group="campaign")
def campaign() -> str:
    """Campaign in which the lead is worked."""
    return "campaign_id"


@feature(CAMPAIGNS, unit="product", kind="category", group="campaign")
def product() -> str:
    """What the campaign offers."""
    return "product"


@feature(CAMPAIGNS, unit="minor units", group="campaign")
def usual_deal_amount_minor() -> str:
    """Usual amount of one deal of the campaign."""
    return "deal_amount_minor"


@feature(CAMPAIGNS, unit="days", group="campaign")
def campaign_age_days() -> str:
    """Days from the campaign's beginning to as-of."""
    return f"age / {DAY}"


@feature(LISTS, unit="supplier", kind="category")
def list_supplier() -> str:
    """Who sold or built the list that the lead came from."""
    return "supplier"
