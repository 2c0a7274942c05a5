from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import sqlalchemy as sa

from callworth.demo import find_office_hour, month_ends
from data.settings import Settings
from data.store import open_store, read_tables
from tests.callworth.conftest import CommandLine
from training import ask_questions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.callworth.conftest import Result

AS_OF = "2026-06-03T10:00+02:00"


def test_the_demo_tells_all_four_things(demo: tuple[CommandLine, Result]) -> None:
    result = demo[1]
    assert result.status == 0, result.err
    summary = result.json
    assert summary["scored"] > 100
    assert len(summary["call_list"]) == 10
    assert summary["roi_with_pipeline"] > summary["roi_closed"] > 0
    assert summary["check"]["verdict"] in {"healthy", "watch", "retrain"}
    values = [lead["expected_value_minor"] for lead in summary["call_list"]]
    assert values == sorted(values, reverse=True)


def test_what_the_demo_logged_can_be_rebuilt_exactly(demo: tuple[CommandLine, Result]) -> None:
    run = demo[0]
    result = run("verify", "--sample", 300, "--json")
    assert result.status == 0, result.err
    assert result.json == {"checked": 300, "equal": 300, "erased": 0, "different": [], "arrived_later": []}


def test_a_call_list_comes_best_first_within_office_hours(demo: tuple[CommandLine, Result]) -> None:
    run, result = demo
    campaign = result.json["call_list"][0]["campaign_id"]
    listed = run("call-list", "--campaign", campaign, "--limit", 5, "--as-of", AS_OF, "--json").json["leads"]
    assert [lead["lead_id"] for lead in listed] == [lead["lead_id"] for lead in result.json["call_list"][:5]]


def test_at_night_nobody_is_called_and_the_list_says_why(demo: tuple[CommandLine, Result]) -> None:
    run, result = demo
    campaign = result.json["call_list"][0]["campaign_id"]
    night = run("call-list", "--campaign", campaign, "--as-of", "2026-06-03T23:00+02:00", "--json")
    assert night.status == 0
    assert night.json["leads"] == []
    (why,) = night.json["notes"]
    assert "may be called" in why
    assert f"outside calling hours where the number rings ({night.json['refused']['outside_hours']})" in why


def test_hygiene_lists_what_needs_a_hand_dearest_first(demo: tuple[CommandLine, Result], tmp_path: Path) -> None:
    run = demo[0]
    found = run("hygiene", "--as-of", AS_OF, "--out", tmp_path / "today.csv", "--json").json
    worth = [finding["expected_value_minor"] or 0 for finding in found["findings"]]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 0
    assert {"duplicate_contact", "meeting_without_outcome", "refused_row"} <= {rule["rule"] for rule in found["rules"]}
    assert len((tmp_path / "today.csv").read_text(encoding="utf-8-sig").splitlines()) == len(worth) + 1
    shown = run("hygiene", "--as-of", AS_OF, "--limit", 3)
    assert "a contact stands there twice" in shown.out
    assert f"… and {len(worth) - 3:,} more" in shown.err


@pytest.mark.parametrize("by", ["campaign", "segment", "agent", "month", "client", "list"])
def test_every_split_of_the_roi_has_the_same_total(demo: tuple[CommandLine, Result], by: str) -> None:
    run = demo[0]
    report = run("roi", "--by", by, "--to", AS_OF, "--json").json
    revenue = sum(row["revenue_minor"] for row in report["rows"])
    assert revenue == report["total"]["revenue_minor"] > 0
    assert report["total"]["roi_closed"] == pytest.approx(demo[1].json["roi_closed"])


def test_the_check_of_a_month_writes_both_files(demo: tuple[CommandLine, Result]) -> None:
    run, result = demo
    month = result.json["check"]["month"]
    checked = run("check", "--month", month, "--as-of", AS_OF, "--json")
    assert checked.status == 0, checked.err
    assert checked.json["verdict"] == result.json["check"]["verdict"]
    assert (run.home / "reports" / f"check-{month}.html").stat().st_size > 100_000


def test_a_month_without_scores_is_an_error(demo: tuple[CommandLine, Result]) -> None:
    result = demo[0]("check", "--month", "2020-01", "--as-of", AS_OF)
    assert result.status == 2
    assert "2020-01" in result.err


def test_a_changed_artefact_is_refused_before_anything_is_scored(demo: tuple[CommandLine, Result]) -> None:
    run = demo[0]
    for path in run.home.glob("artefacts/**/winning*.txt"):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
    try:
        result = run("score", "--as-of", AS_OF)
        assert result.status == 3
        assert "hash differs" in result.err
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize(
    ("as_of", "office"),
    [
        ("2026-06-03T12:00+02:00", "2026-06-03T10:00:00+02:00"),
        ("2026-06-03T09:59+02:00", "2026-06-02T10:00:00+02:00"),
        ("2026-06-01T08:00+02:00", "2026-05-29T10:00:00+02:00"),  # Monday morning: Friday
        ("2026-12-31T23:30+00:00", "2026-12-31T10:00:00+01:00"),
    ],
)
def test_the_demo_ends_at_ten_on_a_working_day(as_of: str, office: str) -> None:
    assert find_office_hour(datetime.fromisoformat(as_of)).isoformat() == office


def test_months_end_at_midnight_utc() -> None:
    ends = month_ends(datetime(2026, 2, 10, tzinfo=UTC), 3)
    assert [f"{end:%Y-%m-%d}" for end in ends] == ["2025-12-01", "2026-01-01", "2026-02-01"]


def test_a_backup_restored_elsewhere_scores_as_before(demo: tuple[CommandLine, Result], tmp_path: Path) -> None:
    folder, other = tmp_path / "backup", CommandLine(tmp_path / "other")
    written = demo[0]("backup", folder, "--json")
    assert written.status == 0, written.err
    restored = other("restore", folder, "--json")
    assert restored.status == 0, restored.err
    assert restored.json["tables"]["calls"] > 1_000
    result = other("verify", "--sample", 50, "--json").json  # loads the model from where it is now
    assert (result["checked"], result["equal"], result["different"]) == (50, 50, [])


def read_signs(connection: sa.Connection, contact: str) -> list[bytes]:
    """Whatever says who a contact is: its ids, and what is personal about it."""
    query = sa.text("""
        SELECT t FROM contacts p LEFT JOIN leads l USING (contact_id),
                      unnest(ARRAY[p.contact_id, l.lead_id, p.name, p.email, p.phone]) t
        WHERE p.contact_id = :contact AND length(t) > 6""")
    return [text.encode() for text in connection.execute(query, {"contact": contact}).scalars()]


def test_after_a_person_is_forgotten_everything_still_works(demo: tuple[CommandLine, Result]) -> None:
    run, moment = demo[0], datetime.fromisoformat(AS_OF)
    store = open_store(Settings(run.home))
    asked = ask_questions(read_tables(store), moment)
    with store.transaction() as connection:
        contact = connection.exec_driver_sql(
            "SELECT contact_id FROM leads JOIN scores USING (lead_id) JOIN deals USING (lead_id)"
            " WHERE contact_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ).scalar_one()
        signs = read_signs(connection, contact)
    history = run.home / "history"  # the source that the demo imports
    named = run("forget", contact, "--yes", "--json").json["files"]
    assert named == [str(history / "contacts.csv")]
    apart = {run.home / "postgres", history}
    files = [path for path in run.home.rglob("*") if path.is_file() and not apart & set(path.parents)]
    assert len(files) > 10  # model, reports, registry
    assert [(path, sign) for path in files for sign in signs if sign in path.read_bytes()] == []
    again = ask_questions(read_tables(store), moment)
    store.close()
    same = ["as_of", "question", "outcome", "days", "weight"]  # what a model learns from, but for who it is
    before, after = (frame[same].sort_values(same, ignore_index=True) for frame in (asked, again))
    pd.testing.assert_frame_equal(before, after)
    result = run("verify", "--sample", 100, "--json")
    assert result.status == 0, result.err
    assert result.json["erased"] > 0
    assert (result.json["checked"], result.json["equal"]) == (100, 100)
    assert run("check", "--as-of", AS_OF, "--json").json["verdict"] in {"healthy", "watch", "retrain"}
