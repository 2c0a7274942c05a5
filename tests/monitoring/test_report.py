"""The report: one page, one verdict, nobody's name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.frames import to_arrow
from monitoring import check_month, render_page, summarise_check, write_report

if TYPE_CHECKING:
    from pathlib import Path

    from monitoring import Check

MONTH_END = datetime(2026, 4, 1, tzinfo=UTC)
PERSONAL = {"name": "Ingeborg Testesen", "email": "ingeborg@testesen.dk", "phone": "+4531410592"}


@pytest.fixture(scope="module")
def check(world: Any) -> Check:
    return check_month(world.tables, world.artefact, "2026-03", MONTH_END + timedelta(days=91))


def test_files_are_named_by_month_and_the_verdict_comes_first(check: Check, tmp_path: Path) -> None:
    page, verdict = write_report(check, tmp_path / "reports")
    assert (page.name, verdict.name) == ("check-2026-03.html", "check-2026-03.json")
    text = page.read_text(encoding="utf-8")
    body = text[text.index("<body>") :]
    order = [body.index(part) for part in (f"<b>{check.verdict}</b>", "<li>", "<h2>Figures", "<svg", "<iframe")]
    assert order == sorted(order)
    summary = json.loads(verdict.read_text(encoding="utf-8"))
    assert list(summary)[:3] == ["month", "verdict", "reasons"]
    assert (summary["verdict"], tuple(summary["reasons"])) == (check.verdict, check.reasons)


def test_the_page_asks_nothing_of_the_network(check: Check) -> None:
    page = render_page(check)
    assert "default-src 'none'" in page[: page.index("<body>")]
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)


def test_the_json_has_the_figures(check: Check) -> None:
    figures = summarise_check(check)["figures"]
    assert (figures["scores"], figures["leads"]) == (400, 400)
    assert figures["promises"][0]["calibration_ratio"] == pytest.approx(check.promises[0].ratio)
    assert figures["columns_drifted"] == [
        column.name for column in check.columns if column.drifted and column.name != "month"
    ]


def test_what_is_not_defined_is_null(check: Check, tmp_path: Path) -> None:
    hopeless = replace(check, promises=(replace(check.promises[0], won=0, auc=float("nan")),))
    _, verdict = write_report(hopeless, tmp_path)
    promise = json.loads(verdict.read_text(encoding="utf-8"))["figures"]["promises"][0]
    assert promise["calibration_ratio"] is None
    assert promise["auc"] is None


def test_without_columns_to_compare_there_is_no_frame(check: Check) -> None:
    assert "<iframe" not in render_page(replace(check, evidently=""))


def test_no_personal_data_gets_into_a_report(world: Any, tmp_path: Path) -> None:
    leads = world.tables["leads"].to_pandas()
    # A name in a free attribute, too, which the model reads as a category: it is rare, so it has no code.
    first = leads.index[leads["lead_id"] == "new-0"][0]
    leads.loc[first, "attributes"] = json.dumps({"size": 0.1, "region": PERSONAL["name"]})
    contacts = pd.DataFrame({"contact_id": leads["contact_id"], "company_id": leads["company_id"], **PERSONAL})
    companies = pd.DataFrame({"company_id": leads["company_id"], "name": PERSONAL["name"], "domain": "testesen.dk"})
    since = pd.Timestamp("2024-01-01", tz="UTC")
    planted = {
        "leads": to_arrow("leads", leads),
        "contacts": to_arrow("contacts", contacts.assign(occurred_at=since)),
        "companies": to_arrow("companies", companies.assign(occurred_at=since)),
    }
    written = write_report(check_month(world.tables | planted, world.artefact, "2026-03", MONTH_END), tmp_path)
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert [value for value in (*PERSONAL.values(), "Testesen", "testesen.dk", "31410592") if value in text] == []
