"""A person is erased: who they are is nowhere, what was done is still there, and an import keeps them out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.contract import CONTRACT, Kind
from data.erasure import forget_people
from data.erasure.forgetting import EMPTIED
from data.gate import may_call
from data.hygiene import make_round
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping
from data.imports.quarantine import export_quarantine, list_quarantine
from data.store import read_tables
from data.store.schema import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.erasure import Erased
    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
BEFORE = NOW - timedelta(days=1)

SIGNS = (
    "anne-4711",
    "lead-4711",
    "call-4711",
    "meeting-4711",
    "Zwillingsberg",
    "zwillingsberg",
    "33123456",
    "Prokurist",
)
"""What says who the person is, or which of the source's rows theirs are."""

KEPT = {
    "clients.name", "companies.industry", "companies.region", "companies.country", "contacts.language",
    "agents.name", "agents.languages", "lists.name", "lists.supplier", "campaigns.name", "campaigns.product",
    "leads.segment", "leads.message_variant", "clients.country", "clients.currency", "clients.time_zone",
    "opportunities.currency", "deals.currency", "costs.currency", "scores.model_version", "scores.features_hash",
}  # fmt: skip
"""Texts that are the same for many, or not about the person called."""

EXPORT: dict[str, str] = {
    "contacts": "contact_id,company_id,name,title,email,phone,occurred_at\n"
    "anne-4711,c,Anne Zwillingsberg,Prokurist,Anne@Zwillingsberg.dk,33123456,{at}\n"
    "bo,c,Bo Hansen,CEO,bo@bager.dk,33123457,{at}\n",
    "consents": "consent_id,contact_id,consent,occurred_at\ns-4711,anne-4711,given,{at}\n",
    "leads": "lead_id,campaign_id,company_id,contact_id,next_action,attributes,occurred_at\n"
    'lead-4711,k,c,anne-4711,ring Anne,"{{""chef"": ""Anne Zwillingsberg"", ""beds"": 4}}",{at}\n'
    "other,k,c,bo,,,{at}\n",
    "lead_stages": "lead_stage_id,lead_id,stage,occurred_at\nt-4711,lead-4711,contacted,{at}\n",
    "calls": "call_id,lead_id,talk_seconds,disposition,occurred_at\n"
    "call-4711,lead-4711,60,meeting_booked,{at}\ncall-1,other,30,callback,{at}\n",
    "meetings": "meeting_id,lead_id,call_id,starts_at,occurred_at\nmeeting-4711,lead-4711,call-4711,{at},{at}\n",
    "meeting_outcomes": "meeting_id,outcome,occurred_at\nmeeting-4711,held,{at}\n",
    "touches": "touch_id,lead_id,channel,touch,occurred_at\nm-4711,lead-4711,email,Anne asked,{at}\n",
    "opportunities": "opportunity_id,lead_id,currency,occurred_at\no-1,lead-4711,DKK,{at}\n",
    "deals": "deal_id,lead_id,opportunity_id,amount_minor,currency,occurred_at\nd-1,lead-4711,o-1,100,DKK,{at}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export in which Anne stands in every table, and Bo beside her; one row of hers is broken."""
    path = tmp_path / "export"
    path.mkdir()
    for name, text in EXPORT.items():
        (path / f"{name}.csv").write_text(text.format(at="2025-05-01T00:00:00Z"), encoding="utf-8")
    with (path / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("q,c,x,,anne@zwillingsberg.dk,,2025-02-31\nr,c,Bo,,,,2025-02-31\n")
    return path


@pytest.fixture
def forget(store: Store, world: Callable[..., Merge], folder: Path) -> Callable[..., Erased]:
    """The export imported, and Anne forgotten when it is called."""
    world(BEFORE, agents=[{"agent_id": "a"}])
    assert import_source(store, folder, contract_mapping(), arrived_at=BEFORE).quarantined == 2

    def run(contact: str = "anne-4711", at: datetime = NOW) -> Erased:
        with store.transaction() as connection:
            return forget_people(connection, store.home, [contact], at=at)

    return run


def read_all(store: Store) -> str:
    with store.transaction() as connection:
        return "\n".join(
            text
            for name in METADATA.tables
            for text in connection.exec_driver_sql(f"SELECT t::text FROM {name} t").scalars()
        )


def count_rows(store: Store) -> dict[str, int]:
    return {name: table.num_rows for name, table in read_tables(store).items()}


def test_nothing_says_who_they_were_and_every_fact_is_still_there(store: Store, forget: Callable[..., Erased]) -> None:
    before = count_rows(store)
    there = read_all(store)
    assert [sign for sign in SIGNS if sign not in there] == []
    erased = forget()
    assert (erased.contacts, erased.leads, erased.companies, erased.quarantined) == (1, 1, 0, 1)
    after = read_all(store)
    assert [sign for sign in SIGNS if sign in after] == []
    assert "Bo Hansen" in after
    assert count_rows(store) == before


def test_no_reference_is_left_hanging(store: Store, forget: Callable[..., Erased]) -> None:
    forget()
    tables = {name: table.to_pandas() for name, table in read_tables(store).items()}
    for name, rows in tables.items():
        for field, parent in CONTRACT[name].references():
            assert set(rows[field].dropna()) <= set(tables[parent][CONTRACT[parent].key]), (name, field)
    lead = tables["deals"]["lead_id"][0]
    assert lead.startswith("erased-")
    assert tables["deals"]["deal_id"].tolist() == ["d-1"]  # the company's own books
    assert tables["calls"].set_index("lead_id")["talk_seconds"][lead] == 60
    assert set(tables["leads"]["attributes"].dropna()) == {"{}"}


def test_the_lead_is_not_called_again(store: Store, forget: Callable[..., Erased]) -> None:
    forget()
    with store.transaction() as connection:
        leads = connection.exec_driver_sql("SELECT lead_id FROM erased_leads").scalars().all()
        assert may_call(connection, leads, LATER)["allowed"].tolist() == [False]


def test_hygiene_asks_nothing_about_them(store: Store, world: Callable[..., Merge]) -> None:
    world(BEFORE, contacts=[{"contact_id": "per"}], leads=[{"lead_id": "l2", "contact_id": "per"}])
    assert "per" in set(make_round(read_tables(store), LATER).findings["row_id"])  # neither number nor title
    with store.transaction() as connection:
        forget_people(connection, store.home, ["per"], at=NOW)
    found = make_round(read_tables(store), LATER).findings["row_id"]
    assert not [row for row in found if row.startswith("erased-")]


def test_an_import_keeps_them_out_and_keeps_nothing_of_them(
    store: Store, forget: Callable[..., Erased], folder: Path, tmp_path: Path
) -> None:
    forget()
    reports = [import_source(store, folder, contract_mapping(), arrived_at=LATER) for _ in range(2)]
    for report in reports:
        assert (report.read, report.accepted, report.unchanged, report.quarantined) == (15, 0, 3, 12)
        assert report.reasons == {"erased": 11, "occurred_at: unreadable": 1}
        assert not [sign for sign in SIGNS if sign in str(report.as_json())]
    assert [sign for sign in SIGNS if sign in read_all(store)] == []
    with store.transaction() as connection:
        listed = list_quarantine(connection)
        assert listed["rows"].sum() == 12
        assert export_quarantine(connection, tmp_path / "q.csv") == 1


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("new,c,X,,anne@zwillingsberg.dk,,{at}", True),
        ("new,c,X,,,+45 33 12 34 56,{at}", True),
        ("new,c2,X,,anne@zwillingsberg.dk,33123456,{at}", False),  # another client's
        ("new,c,Anne Zwillingsberg,,,,{at}", False),  # a name is not one person's alone
    ],
)
def test_who_comes_with_another_id_is_known_by_number_or_address(
    store: Store, forget: Callable[..., Erased], world: Callable[..., Merge], tmp_path: Path, row: str, refused: bool
) -> None:
    world(BEFORE, clients=[{"client_id": "n2"}], companies=[{"company_id": "c2", "client_id": "n2"}])
    forget()
    (tmp_path / "new").mkdir()
    text = EXPORT["contacts"].splitlines()[0] + "\n" + row.format(at="2025-05-01") + "\n"
    (tmp_path / "new" / "contacts.csv").write_text(text, encoding="utf-8")
    report = import_source(store, tmp_path / "new", contract_mapping(), arrived_at=LATER)
    assert (report.accepted, report.quarantined) == ((0, 1) if refused else (1, 0))


def test_a_number_that_colleagues_share_does_not_keep_them_out(
    store: Store, world: Callable[..., Merge], folder: Path
) -> None:
    shared = {"phone": "33123450", "email": "info@bager.dk"}
    world(BEFORE, contacts=[{"contact_id": "x1", **shared}, {"contact_id": "x2", **shared}])
    with store.transaction() as connection:
        forget_people(connection, store.home, ["x1"], at=NOW)
    for file in folder.iterdir():
        file.unlink()
    text = EXPORT["contacts"].splitlines()[0] + "\n"
    for contact in ("x1", "x2", "x3"):
        text += f"{contact},c,,,info@bager.dk,33123450,2025-05-01\n"
    (folder / "contacts.csv").write_text(text, encoding="utf-8")
    report = import_source(store, folder, contract_mapping(), arrived_at=LATER)
    assert (report.accepted + report.unchanged, report.quarantined) == (2, 1)


def test_a_sole_proprietor_s_company_is_the_person(store: Store, world: Callable[..., Merge], folder: Path) -> None:
    company = {"company_id": "firm-4711", "name": "Malerfirma", "registration_id": "10150817", "country": "DK"}
    world(BEFORE, companies=[company | {"sole_proprietor": "true", "industry": "paint"}])
    world(BEFORE, contacts=[{"contact_id": "per", "company_id": "firm-4711"}])
    world(BEFORE, leads=[{"lead_id": "l2", "company_id": "firm-4711", "contact_id": "per"}])
    with store.transaction() as connection:
        assert forget_people(connection, store.home, ["per"], at=NOW).companies == 1
    after = read_all(store)
    assert not [sign for sign in ("firm-4711", "Malerfirma", "10150817", "'per'") if sign in after]
    assert "paint" in after
    for file in folder.iterdir():
        file.unlink()
    text = "company_id,client_id,registration_id,country,name,occurred_at\nz,n,DK 10150817,DK,M,2025-05-01\n"
    (folder / "companies.csv").write_text(text, encoding="utf-8")
    assert import_source(store, folder, contract_mapping(), arrived_at=LATER).reasons == {"erased": 1}


def test_a_company_that_bears_the_name_may_come_again(store: Store, world: Callable[..., Merge], folder: Path) -> None:
    world(BEFORE, companies=[{"company_id": "firm", "name": "Per Zwilling A/S", "registration_id": "10150817"}])
    world(BEFORE, contacts=[{"contact_id": "per", "company_id": "firm", "name": "per zwilling"}])
    with store.transaction() as connection:
        assert forget_people(connection, store.home, ["per"], at=NOW).companies == 1
    assert "Zwilling" not in read_all(store)
    for file in folder.iterdir():
        file.unlink()
    text = "company_id,client_id,registration_id,name,occurred_at\nfirm,n,10150817,Per Zwilling A/S,2025-05-01\n"
    (folder / "companies.csv").write_text(text, encoding="utf-8")
    assert import_source(store, folder, contract_mapping(), arrived_at=LATER).accepted == 1


def test_a_lead_that_is_another_person_s_by_now_keeps_its_id(
    store: Store, world: Callable[..., Merge], forget: Callable[..., Erased]
) -> None:
    world(NOW - timedelta(hours=2), leads=[{"lead_id": "lead-4711", "contact_id": "bo", "next_action": "ring Bo"}])
    assert forget().leads == 0
    leads = read_tables(store, ["leads"])["leads"].to_pandas()
    mine = leads[leads["lead_id"] == "lead-4711"].sort_values("known_at")
    assert mine["next_action"].tolist()[-1] == "ring Bo"
    assert "ring Anne" not in set(mine["next_action"])
    assert mine["contact_id"].tolist()[-1] == "bo"
    assert mine["contact_id"].tolist()[0].startswith("erased-")


def test_deals_composed_from_the_lead_s_id_get_another(store: Store, world: Callable[..., Merge]) -> None:
    world(BEFORE, companies=[{"company_id": "company-77"}], contacts=[{"contact_id": "contact-77"}])
    world(BEFORE, leads=[{"lead_id": "77", "company_id": "company-77", "contact_id": "contact-77"}])
    world(BEFORE, deals=[{"deal_id": "deal-77", "lead_id": "77"}, {"deal_id": "d177", "lead_id": "l"}])
    with store.transaction() as connection:
        forget_people(connection, store.home, ["contact-77"], at=NOW)
    after = read_all(store)
    assert "deal-77" not in after
    assert "company-77" not in after
    assert "d177" in after


def test_forgetting_again_changes_nothing(
    forget: Callable[..., Erased], contents: Callable[[], dict[str, list[Any]]]
) -> None:
    forget()
    before = {name: rows for name, rows in contents().items() if name != "erasures"}
    assert forget().contacts == 0
    assert {name: rows for name, rows in contents().items() if name != "erasures"} == before


def test_every_text_of_the_contract_is_emptied_or_says_nothing_about_the_person() -> None:
    texts = {
        f"{table.name}.{field.name}"
        for table in CONTRACT.values()
        for field in table.fields
        if field.kind in (Kind.TEXT, Kind.ATTRIBUTES)
    }
    emptied = {f"{table}.{field}" for table, fields in EMPTIED.items() for field in fields}
    assert texts == emptied | KEPT
    assert {f"{t.name}.{f.name}" for t in CONTRACT.values() for f in t.fields if f.personal} <= emptied | {
        "agents.name"
    }


def test_every_table_beside_the_contract_s_is_accounted_for() -> None:
    own = {"imports", "quarantine", "lead_features", "call_queue", "suppressions", "access_keys"}
    own |= {"merges", "merge_changes", "scored_meanwhile", "erased_leads", "erasures"}
    assert set(METADATA.tables) - set(CONTRACT) == own
