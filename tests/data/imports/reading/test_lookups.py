"""Lookups: a row is joined to others of its folder, and what is not found there can be filled in by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.errors import SourceError
from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.quarantine import export_quarantine, release_quarantine
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.imports.report import ImportReport
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)

MAPPING = """
name = "crm"
[files."leads.csv".tables]
clients.client_id = { value = "n" }
clients.name = { value = "Client" }
clients.currency = { value = "DKK" }
clients.time_zone = { value = "UTC" }
clients.occurred_at = { value = "2020-01-01" }
campaigns.campaign_id = { value = "k" }
campaigns.client_id = { value = "n" }
campaigns.name = { value = "Campaign" }
campaigns.occurred_at = { value = "2020-01-01" }
companies.company_id = "Id"
companies.client_id = { value = "n" }
companies.occurred_at = { value = "2025-01-01" }
leads.lead_id = "Id"
leads.campaign_id = { value = "k" }
leads.company_id = "Id"
leads.occurred_at = { value = "2025-01-01" }

[files."links.csv"]
optional = true
where = { column = "Deleted", unless = ["1"], optional = true }

[files."deals.csv".columns]
lead = { lookup = "links.csv", by = "Id", key = "Deal", take = "Lead" }

[files."deals.csv".tables.deals]
deal_id = "Id"
lead_id = "lead"
amount_minor = { column = "Amount", times = 100 }
currency = { value = "DKK" }
occurred_at = { value = "2025-02-01" }
"""

LEADS = "Id\nl1\nl2\n"
DEALS = "Id,Amount\nd1,10\nd2,20\n"


@pytest.fixture
def mapping() -> Mapping:
    return read_mapping(MAPPING, "crm.toml")


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Callable[..., ImportReport]:
    """Imports a folder of which ``links.csv`` is given."""

    def bring_some(mapping: Mapping, links: str | None) -> ImportReport:
        (tmp_path / "leads.csv").write_text(LEADS)
        (tmp_path / "deals.csv").write_text(DEALS)
        (tmp_path / "links.csv").unlink(missing_ok=True)
        if links is not None:
            (tmp_path / "links.csv").write_text(links)
        return import_source(store, tmp_path, mapping, arrived_at=NOW)

    return bring_some


def read_deals(store: Store) -> dict[str, str]:
    return {row["deal_id"]: row["lead_id"] for row in read_tables(store)["deals"].to_pylist()}


def test_rows_are_joined_by_another_file(store: Store, mapping: Mapping, bring: Callable[..., ImportReport]) -> None:
    report = bring(mapping, "Deal,Lead\nd2,l1\n d1 ,l2\n")
    assert (report.read, report.accepted, report.quarantined, report.ignored) == (4, 4, 0, [])
    assert read_deals(store) == {"d1": "l2", "d2": "l1"}


def test_the_first_of_several_is_taken(store: Store, mapping: Mapping, bring: Callable[..., ImportReport]) -> None:
    bring(mapping, "Deal,Lead,Deleted\nd1,l1,1\nd1,,0\nd1,l2,0\nd1,l1,0\nd2,l2,0\n")
    assert read_deals(store) == {"d1": "l2", "d2": "l2"}


def test_the_least_of_several_is_taken(store: Store, bring: Callable[..., ImportReport]) -> None:
    mapping = read_mapping(MAPPING.replace('take = "Lead" }', 'take = "Lead", several = "least" }'), "crm.toml")
    bring(mapping, "Deal,Lead\nd1,l2\nd1,l1\nd2,l2\n")
    assert read_deals(store) == {"d1": "l1", "d2": "l2"}


def test_nothing_is_taken_where_several_differ_and_one_is_asked_for(
    store: Store, bring: Callable[..., ImportReport]
) -> None:
    mapping = read_mapping(MAPPING.replace('take = "Lead" }', 'take = "Lead", several = "none" }'), "crm.toml")
    report = bring(mapping, "Deal,Lead\nd1,l1\nd1,l2\nd2,l2\nd2,l2\n")
    assert (report.accepted, report.quarantined) == (3, 1)
    assert read_deals(store) == {"d2": "l2"}


@pytest.mark.parametrize("links", [None, "Deal,Lead\n"])
def test_what_is_not_found_is_refused(mapping: Mapping, bring: Callable[..., ImportReport], links: str | None) -> None:
    report = bring(mapping, links)
    assert report.quarantined == 2
    assert report.examples[0] == (
        "deals.csv, row 2, column 'lead', value '': lead_id (the lead it came from) is required and empty; fill it in "
        "at the source."
    )


def test_what_is_not_found_is_filled_in_by_hand(
    store: Store, mapping: Mapping, bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    bring(mapping, "Deal,Lead\nd2,l1\n")
    path = tmp_path / "quarantine.csv"
    with store.transaction() as connection:
        assert export_quarantine(connection, path) == 1
    rows = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False)
    rows.assign(lead="l2").to_csv(path, sep=";", index=False)
    report = release_quarantine(store, path, mapping, arrived_at=NOW)
    assert (report.read, report.accepted) == (1, 1)
    assert read_deals(store) == {"d1": "l2", "d2": "l1"}


def test_the_same_folder_twice_changes_nothing(mapping: Mapping, bring: Callable[..., ImportReport]) -> None:
    bring(mapping, "Deal,Lead\nd2,l1\n")
    again = bring(mapping, "Deal,Lead\nd2,l1\n")
    assert (again.read, again.accepted, again.unchanged, again.quarantined) == (4, 0, 3, 1)


def test_a_column_that_is_looked_up_must_be_there(
    mapping: Mapping, bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as raised:
        bring(mapping, "Deal,Person\nd1,l1\n")
    assert str(raised.value) == (
        f"{tmp_path / 'links.csv'}, row 1, column 'Lead': the file has no such column, and another file is looked up "
        "in it; export it with that column."
    )
    optional = read_mapping(MAPPING.replace('take = "Lead" }', 'take = "Lead", optional = true }'), "crm.toml")
    assert bring(optional, "Deal,Person\nd1,l1\n").quarantined == 2


def test_a_file_that_is_looked_up_must_be_there(bring: Callable[..., ImportReport]) -> None:
    mapping = read_mapping(MAPPING.replace("optional = true\nwhere", "where"), "crm.toml")
    with pytest.raises(SourceError, match=r"links\.csv"):
        bring(mapping, None)


def test_a_lookup_may_go_by_what_was_looked_up_before(store: Store, bring: Callable[..., ImportReport]) -> None:
    chain = MAPPING.replace(
        'take = "Lead" }',
        'take = "Person" }\nlead = { lookup = "links.csv", by = "person", key = "Person", take = "Lead" }',
    ).replace("lead = { lookup", "person = { lookup", 1)
    bring(read_mapping(chain, "crm.toml"), "Deal,Person,Lead\nd1,p1,l2\nd2,p2,l1\n")
    assert read_deals(store) == {"d1": "l2", "d2": "l1"}
