"""The sales case that the lead became: stage, amount and the seller's own probability."""

from __future__ import annotations

from features.expressions import DAY, latest
from features.feature import feature
from features.sources import OPPORTUNITIES, OPPORTUNITY_STAGES


@feature(OPPORTUNITIES, unit="opportunities", kind="count", group="opportunity")
def opportunities() -> str:
    """Sales cases that the lead became."""
    return "count(*)"


@feature(OPPORTUNITY_STAGES, unit="stage", kind="category", group="opportunity")
def opportunity_stage() -> str:
    """Stage of the sales case."""
    return latest("stage")


@feature(OPPORTUNITY_STAGES, unit="days", group="opportunity")
def days_in_opportunity_stage() -> str:
    """Days from the last change of the sales case to as-of."""
    return f"{latest('age')} / {DAY}"


@feature(OPPORTUNITY_STAGES, unit="minor units", group="opportunity")
def opportunity_amount_minor() -> str:
    """Expected amount of the sales case, as last stated."""
    return latest("amount_minor")


@feature(OPPORTUNITY_STAGES, unit="share", group="opportunity")
def stated_probability() -> str:
    """Seller's own probability to close, as last stated."""
    return latest("stated_probability")
