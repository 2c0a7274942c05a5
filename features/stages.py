"""Where the lead stands, and for how long."""

from __future__ import annotations

from features.expressions import DAY, latest
from features.feature import feature
from features.sources import LEAD_STAGES


@feature(LEAD_STAGES, unit="stage", kind="category", group="stage")
def stage() -> str:
    """Stage of the lead."""
    return latest("stage")


@feature(LEAD_STAGES, unit="days", group="stage")
def days_in_stage() -> str:
    """Days from the last change of stage to as-of."""
    return f"{latest('age')} / {DAY}"


@feature(LEAD_STAGES, unit="changes", kind="count", group="stage")
def stage_changes() -> str:
    """Changes of stage before as-of."""
    return "count(*)"
