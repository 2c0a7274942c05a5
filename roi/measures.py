"""The columns of the report: what each says, and how ratios follow from sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract.codes import COST_CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTS = {
    "calls": "dial attempts",
    "connects": "calls in which the contact was reached",
    "talk_seconds": "time spoken in all calls, in seconds",
    "qualified_leads": "leads at their first qualified stage",
    "meetings_booked": "meetings booked",
    "meetings_held": "meetings held",
    "no_shows": "meetings that the contact missed",
    "opportunities": "sales cases taken over by sales",
    "deals": "deals closed; one that was reversed still counts, its money does not",
    "revenue_minor": "deals closed less reversals, in minor units without VAT",
    "weighted_pipeline_minor": "amount × close probability of opportunities open at the end, in minor units",
}
"""Measures that add up, except costs."""

COSTS = {
    f"cost_{category}_minor": f"{category.replace('_', ' ')} costs, in minor units without VAT"
    for category in COST_CATEGORIES
}

RATIOS = {
    "contact_rate": "connects ÷ calls",
    "mean_talk_seconds": "talk seconds ÷ connects",
    "show_rate": "meetings held ÷ (held + no-shows)",
    "cpl_minor": "cost ÷ qualified leads, rounded to the minor unit",
    "cpa_minor": "cost ÷ closed deals, rounded to the minor unit",
    "roi_closed": "(revenue - cost) ÷ cost",
    "roi_with_pipeline": "(revenue + weighted pipeline - cost) ÷ cost",
}
"""Measures that are computed from sums, in every row and in the total; null where the divisor is zero."""

DIVISORS = {
    "contact_rate": ("calls", ("calls",)),
    "mean_talk_seconds": ("connects", ("connects",)),
    "show_rate": ("meetings held or missed", ("meetings_held", "no_shows")),
    "cpl_minor": ("qualified leads", ("qualified_leads",)),
    "cpa_minor": ("deals", ("deals",)),
    "roi_closed": ("costs", ("cost_minor",)),
    "roi_with_pipeline": ("costs", ("cost_minor",)),
}
"""What each ratio is divided by, in words and in columns to be added."""

COLUMNS = (
    *("key", "label", "calls", "connects", "contact_rate", "talk_seconds", "mean_talk_seconds"),
    *("qualified_leads", "meetings_booked", "meetings_held", "no_shows", "show_rate", "opportunities"),
    *("deals", "revenue_minor", "weighted_pipeline_minor", "cost_minor", *COSTS),
    *("cpl_minor", "cpa_minor", "roi_closed", "roi_with_pipeline", "ref"),
)
"""The columns of a report, in order."""

Number = int | float | None


def describe_measures() -> dict[str, str]:
    """One line per column of the report, in the report's order.

    >>> describe_measures()["cpl_minor"]
    'cost ÷ qualified leads, rounded to the minor unit'
    """
    said = {
        "key": "the group",
        "label": "the group's name, where it has one that is not personal",
        "cost_minor": "all costs, in minor units without VAT",
        "ref": "stable reference to the rows behind this row",
        **COUNTS,
        **COSTS,
        **RATIOS,
    }
    return {column: said[column] for column in COLUMNS}


def compute_ratios(sums: Mapping[str, int]) -> dict[str, Number]:
    """The ratios of one row from its sums.

    Args:
        sums: the additive measures, ``cost_minor`` among them.

    Returns:
        One value for each name in :data:`RATIOS`; None where it is undefined.
    """
    cost, revenue = sums["cost_minor"], sums["revenue_minor"]
    outcomes = sums["meetings_held"] + sums["no_shows"]
    return {
        "contact_rate": _divide(sums["connects"], sums["calls"]),
        "mean_talk_seconds": _divide(sums["talk_seconds"], sums["connects"]),
        "show_rate": _divide(sums["meetings_held"], outcomes),
        "cpl_minor": _divide_money(cost, sums["qualified_leads"]),
        "cpa_minor": _divide_money(cost, sums["deals"]),
        "roi_closed": _divide(revenue - cost, cost),
        "roi_with_pipeline": _divide(revenue + sums["weighted_pipeline_minor"] - cost, cost),
    }


def _divide(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _divide_money(amount: int, count: int) -> int | None:
    """Half up, in integers: a float would lose øre above 90 trillion."""
    return (2 * amount + count) // (2 * count) if count else None
