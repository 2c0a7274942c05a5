from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.frames import to_arrow
from features import Attribute
from training.leaks.changed import find_changed

if TYPE_CHECKING:
    from data.frames import Tables

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
CUT = datetime(2026, 5, 1, tzinfo=UTC)
OWNER = Attribute("owner", "category")
FIND = {"attributes": [OWNER], "alpha": 1e-4}


def _day(number: float) -> datetime:
    return BEGIN + timedelta(days=number)


def _make(closed: int, still_open: int, changes: dict[str, float]) -> tuple[Tables, pd.DataFrame]:
    """Leads of day 0, the first of which are closed on day 30, and the day on which each change of owner came in.

    One closed lead more is changed on day 0.5 and one on day 119, so that rows change from the first day to the last.
    """
    ids = [f"c{number}" for number in range(closed)] + [f"o{number}" for number in range(still_open)]
    moments = changes | {"c0": 0.5, "c1": 119.0}
    rows = [{"lead_id": each, "attributes": '{"owner": "ann"}', "known_at": _day(0)} for each in ids]
    rows += [{"lead_id": each, "attributes": '{"owner": "bo"}', "known_at": _day(at)} for each, at in moments.items()]
    leads = pd.DataFrame(rows).assign(occurred_at=_day(0), campaign_id="k", company_id="x")
    lives = pd.DataFrame({"lead_id": ids, "created_at": pd.Timestamp(_day(0))})
    lives["closed_at"] = pd.Series([pd.Timestamp(_day(30))] * closed).reindex(range(len(ids)))
    return {"leads": to_arrow("leads", leads)}, lives


def test_what_changes_at_closing_is_found_with_both_shares() -> None:
    tables, lives = _make(100, 100, {f"c{number}": 35 for number in range(60)})
    found = find_changed(tables, lives, cut=CUT, **FIND)
    # Of c0 … c59, c0 changed while open and c1 on day 119, within 90 days of closing. Open leads: one change in
    # 100 × 29.5 + 100 × 119.5 days, so on 1 - exp(-90 / 14,900) = 0.6 % in 90 days.
    assert found["attribute_owner"].reason.startswith(
        "changes within 90 days after closing on 59 % of leads, and in as long a time while open on 0.6 %;"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {f"c{number}": 29 for number in range(60)},  # before closing
        {f"c{number}": 35 for number in range(15)},  # on too few
        {f"c{number}": 35 for number in range(60)} | {f"o{number}": 35 for number in range(60)},  # on open ones too
    ],
)
def test_what_changes_anyway_is_honest(changes: dict[str, float]) -> None:
    assert find_changed(*_make(100, 100, changes), cut=CUT, **FIND) == {}


def test_what_came_in_at_the_cut_or_later_is_not_known() -> None:
    tables, lives = _make(100, 100, {f"c{number}": 35 for number in range(60)})
    assert find_changed(tables, lives, cut=_day(35), **FIND) == {}
    leads = tables["leads"].to_pandas()
    later = leads[leads["lead_id"].str.startswith("o")].assign(attributes='{"owner": "cy"}', known_at=CUT)
    more = {"leads": to_arrow("leads", pd.concat([leads, later]))}
    assert find_changed(more, lives, cut=CUT, **FIND) == find_changed(tables, lives, cut=CUT, **FIND)


def test_a_first_value_is_a_change() -> None:
    tables, lives = _make(100, 100, {f"c{number}": 35 for number in range(60)})
    leads = tables["leads"].to_pandas()
    leads.loc[leads["known_at"] == _day(0), "attributes"] = None
    assert "attribute_owner" in find_changed({"leads": to_arrow("leads", leads)}, lives, cut=CUT, **FIND)


def test_a_few_closed_leads_and_rows_that_never_changed_say_nothing() -> None:
    assert find_changed(*_make(39, 100, {f"c{number}": 35 for number in range(39)}), cut=CUT, **FIND) == {}
    tables, lives = _make(100, 100, {})
    once = tables["leads"].to_pandas().drop_duplicates("lead_id")
    assert find_changed({"leads": to_arrow("leads", once)}, lives, cut=CUT, **FIND) == {}
