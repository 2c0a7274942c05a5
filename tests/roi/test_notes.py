"""What is said beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = {"leads": [{"lead_id": "l1"}]}
NO_CALLS = "There is no call data: no contact rate, no talk time, and no costs shared by calls."


def test_a_window_in_which_nothing_happened(make_tables: Callable[..., Any], report: Any) -> None:
    done = report(make_tables(**LEAD))
    assert len(done.rows) == 0
    assert done.total.roi_closed is None
    nothing = "Nothing happened in this window: all figures are zero and all ratios undefined."
    assert done.notes == (nothing, NO_CALLS)


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ({"deals": [{"lead_id": "l1", "amount_minor": 5}]}, NO_CALLS),
        (
            {"deals": [{"lead_id": "l1", "amount_minor": 5}]},
            "roi_closed is undefined: there are no costs.",
        ),
        (
            {"calls": [{"lead_id": "l1", "occurred_at": "2025-05-05"}]},
            "No calls were made in this window.",
        ),
        (
            {"calls": [{"lead_id": "nobody"}] * 2},
            "2 calls name a lead that is not known at the end of the window: belonging to no group of leads.",
        ),
        (
            {"costs": [{"lead_id": "nobody", "amount_minor": 5}]},
            "1 costs name a lead that is not known: shared as if they named none.",
        ),
        ({"calls": [{"lead_id": "l1"}]}, "contact_rate rests on fewer than 20 calls in all: 1."),
        ({"calls": [{"lead_id": "l1"}]}, "show_rate is undefined: there are no meetings held or missed."),
        (
            {"deals": [{"lead_id": "nobody", "amount_minor": 123456}]},
            "Not allocated to any campaign, and shown as such: 1 deals, revenue of 1,234.56.",
        ),
    ],
)
def test_a_note_is_given(make_tables: Callable[..., Any], report: Any, rows: Any, note: str) -> None:
    copies = {name: [dict(row) for row in some] for name, some in rows.items()}
    assert note in report(make_tables(**LEAD, **copies)).notes


def test_groups_are_named_where_they_differ(make_tables: Callable[..., Any], report: Any) -> None:
    campaigns = [{"campaign_id": f"k{place}"} for place in range(1, 9)]
    leads = [{"lead_id": f"l{place}", "campaign_id": f"k{place}"} for place in range(1, 9)]
    calls = [{"lead_id": "l1"}] * 25 + [{"lead_id": "l2"}] * 19
    deals = [{"lead_id": f"l{place}", "amount_minor": 5} for place in range(2, 9)]
    notes = report(make_tables(campaigns=campaigns, leads=leads, calls=calls, deals=deals)).notes
    assert "contact_rate rests on fewer than 20 calls in k2." in notes
    assert "contact_rate is undefined in k3, k4, k5, k6, k7 and 1 more: no calls there." in notes
    assert NO_CALLS not in notes
