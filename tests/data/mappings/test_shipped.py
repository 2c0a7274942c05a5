"""The mappings that come with callworth: what each takes of its source, and what it refuses and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from data.errors import SourceError
from data.imports.flat import read_flat
from data.imports.importing import import_source
from data.imports.mapping import list_mappings, load_mapping, read_mapping, read_mapping_text
from data.imports.quarantine import list_quarantine
from data.store import read_tables
from data.store.schema import IMPORTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HERE = Path(__file__).parent

NO_COMPANY, NO_ROW, NO_LEAD = "company_id: required", "company_id: unknown", "lead_id: required"

SOURCES = {
    ("uci-bank", "bank-full.csv"): {"bank-full.csv": (45_211, 45_211, 0, 0)},
    ("uci-bank-additional", "bank-additional-full.csv"): {"bank-additional-full.csv": (41_188, 41_188, 0, 0)},
    ("b2b-sales", "b2b_sales.csv"): {"b2b_sales.csv": (448, 448, 0, 0)},
    ("salesforce-fivetran", "crm_exports/salesforce"): {
        "sf_user_data.csv": (10, 10, 0, 0),
        "sf_account_data.csv": (10, 1, 9, 0),  # nine are deleted or old versions
        "sf_contact_data.csv": (4, 0, 0, 4),
        "sf_lead_data.csv": (1, 0, 0, 1),
        "sf_task_data.csv": (10, 0, 10, 0),  # none is a call
        "sf_event_data.csv": (10, 0, 0, 10),
        "sf_opportunity_data.csv": (10, 0, 10, 0),  # all are deleted
        "sf_opportunity_history_data.csv": (10, 0, 10, 0),
    },
    ("hubspot-fivetran", "crm_exports/hubspot"): {
        "owner_data.csv": (100, 100, 0, 0),
        "company_data.csv": (24, 24, 0, 0),
        "contact_data.csv": (22, 0, 0, 22),
        "engagement_call_data.csv": (1, 0, 0, 1),
        "engagement_meeting_data.csv": (100, 0, 0, 100),
        "deal_data.csv": (44, 0, 0, 44),
        "deal_stage_data.csv": (14, 0, 0, 14),
    },
    ("salesforce-fivetran", "here"): {
        "sf_user_data.csv": (2, 2, 0, 0),
        "sf_account_data.csv": (3, 2, 1, 0),
        "sf_contact_data.csv": (2, 2, 0, 0),
        "sf_lead_data.csv": (3, 3, 0, 0),
        "sf_task_data.csv": (8, 6, 2, 0),  # one is a mail, one has not been made
        "sf_event_data.csv": (2, 1, 1, 0),
        "sf_opportunity_data.csv": (2, 2, 0, 0),
        "sf_opportunity_history_data.csv": (5, 5, 0, 0),
    },
    ("hubspot-fivetran", "here"): {
        "owner_data.csv": (2, 2, 0, 0),
        "company_data.csv": (3, 2, 1, 0),
        "contact_data.csv": (4, 3, 1, 0),
        "engagement_call_data.csv": (4, 4, 0, 0),
        "engagement_meeting_data.csv": (2, 2, 0, 0),
        "deal_data.csv": (3, 2, 1, 0),
        "deal_stage_data.csv": (5, 5, 0, 0),
    },
    ("salesforce", "here"): {
        "User.csv": (2, 2, 0, 0),
        "Account.csv": (3, 2, 1, 0),
        "Contact.csv": (2, 2, 0, 0),
        "Lead.csv": (3, 3, 0, 0),
        "Task.csv": (9, 6, 2, 1),
        "Event.csv": (2, 1, 1, 0),
        "Opportunity.csv": (2, 2, 0, 0),
        "OpportunityHistory.csv": (5, 5, 0, 0),
    },
    ("hubspot", "here"): {
        "companies.csv": (2, 2, 0, 0),
        "contacts.csv": (3, 2, 0, 1),
        "calls.csv": (3, 3, 0, 0),
        "meetings.csv": (2, 2, 0, 0),
        "deals.csv": (2, 2, 0, 0),
    },
    ("dynamics365", "here"): {
        "leads.csv": (4, 4, 0, 0),
        "phone calls.csv": (5, 3, 1, 1),
        "appointments.csv": (1, 1, 0, 0),
        "opportunities.csv": (2, 2, 0, 0),
    },
}
"""Rows read, accepted, unchanged (in the store already, or left out by the mapping) and refused, for each file."""

REFUSED = {
    ("salesforce-fivetran", "crm_exports/salesforce"): {
        ("sf_contact_data.csv", NO_COMPANY): 1,
        ("sf_contact_data.csv", NO_ROW): 3,
        ("sf_lead_data.csv", NO_ROW): 1,
        ("sf_event_data.csv", "lead_id: unknown"): 10,
    },
    ("hubspot-fivetran", "crm_exports/hubspot"): {
        ("contact_data.csv", NO_COMPANY): 22,
        ("engagement_call_data.csv", "disposition: required"): 1,
        ("engagement_meeting_data.csv", NO_LEAD): 100,
        ("deal_data.csv", NO_LEAD): 44,
        ("deal_stage_data.csv", "stage: required"): 14,
    },
    ("salesforce", "here"): {("Task.csv", "disposition: required"): 1},
    ("hubspot", "here"): {("contacts.csv", NO_COMPANY): 1},
    ("dynamics365", "here"): {("phone calls.csv", NO_LEAD): 1},  # two leads have the name that it is about
}
"""Why rows are refused, for each file and rule."""


def test_every_shipped_mapping_is_in_the_table() -> None:
    assert {name for name, _ in SOURCES} == set(list_mappings()) - {"contract"}


@pytest.mark.parametrize("case", SOURCES, ids=" ".join)
def test_each_takes_and_refuses_as_told(
    store: Store, shared_data: Callable[[str], Path], case: tuple[str, str]
) -> None:
    name, source = case
    path, mapping = HERE / name if source == "here" else shared_data(source), load_mapping(name)
    first = import_source(store, path, mapping, arrived_at=NOW)
    assert read_counts(store) == SOURCES[case]
    with store.transaction() as connection:
        reasons = list_quarantine(connection)
    assert {(row.file, row.rule): row.rows for row in reasons.itertuples()} == REFUSED.get(case, {})
    assert first.as_json()["left_out"] == {name: left for name, (_, _, left, _) in SOURCES[case].items() if left}
    if first.read < 1_000:  # the banks' take seconds
        again = import_source(store, path, mapping, arrived_at=NOW)
        assert (again.accepted, again.quarantined) == (0, first.quarantined)


def read_counts(store: Store) -> dict[str, tuple[int, int, int, int]]:
    columns = (IMPORTS.c.file, IMPORTS.c.read, IMPORTS.c.accepted, IMPORTS.c.unchanged, IMPORTS.c.quarantined)
    with store.transaction() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.execute(sa.select(*columns))}


def test_the_bank_is_dated_and_knows_nothing_from_afterwards(shared_data: Callable[[str], Path]) -> None:
    leads = read_flat(shared_data("bank-full.csv"), load_mapping("uci-bank")).tables["leads"].to_pandas()
    days = leads["occurred_at"].dt.tz_convert("Europe/Lisbon").dt.strftime("%Y-%m-%d %H:%M")
    assert (days.min(), days.max()) == ("2008-05-05 00:00", "2010-11-17 00:00")
    assert not leads["attributes"].str.contains("duration").any()


CRMS = ("dynamics365", "hubspot", "hubspot-fivetran", "salesforce", "salesforce-fivetran")


@pytest.mark.parametrize("name", CRMS)
def test_a_missing_column_is_told_in_one_sentence(store: Store, tmp_path: Path, name: str) -> None:
    mapping = load_mapping(name)
    files = {path.name: path.read_text(encoding="utf-8") for path in (HERE / name).glob("*.csv")}
    first = str(next(file.name for file in mapping.files if file.tables))
    column = files[first].partition(",")[0]
    files[first] = files[first].replace(column, "Colour", 1)
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        import_source(store, tmp_path, mapping, arrived_at=NOW)
    sentence = str(raised.value)
    assert sentence.startswith(f"{tmp_path / first}, row 1, column '{column}': the file has no such column")
    assert sentence.count("; ") == 1
    assert "\n" not in sentence


@pytest.mark.parametrize("name", CRMS)
def test_a_copy_says_once_for_whom_it_is(store: Store, name: str) -> None:
    text = read_mapping_text(name).replace('client = "client"', 'client = "nordlys"')
    text = text.replace('campaign = "', 'campaign = "nordlys-').replace('currency = "DKK"', 'currency = "EUR"')
    import_source(store, HERE / name, read_mapping(text, "ours.toml"), arrived_at=NOW)
    tables = {table: rows.to_pylist() for table, rows in read_tables(store).items()}
    assert [(row["client_id"], row["currency"]) for row in tables["clients"]] == [("nordlys", "EUR")]
    assert {row["client_id"] for table in ("companies", "campaigns") for row in tables[table]} == {"nordlys"}
    assert {row["campaign_id"] for row in tables["leads"]} == {row["campaign_id"] for row in tables["campaigns"]}
    assert all(row["campaign_id"].startswith("nordlys-") for row in tables["leads"])
    assert {row["currency"] for table in ("opportunities", "deals") for row in tables[table]} == {"EUR"}
