"""The round: each rule finds its fault and nothing else, and says what it costs to leave it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.frames import to_arrow
from data.hygiene import make_round
from data.hygiene.round import RULES
from data.imports.values import validate_phones
from data.simulator import simulate

if TYPE_CHECKING:
    from data.frames import Tables

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)
EARLIER, YESTERDAY = "2026-03-01", "2026-06-02T10:00"

WORLD: dict[str, list[dict[str, Any]]] = {
    "clients": [{"client_id": "n", "name": "N", "currency": "DKK", "time_zone": "Europe/Copenhagen"}],
    "campaigns": [{"campaign_id": "m", "client_id": "n", "name": "M"}],
    "companies": [
        {"company_id": "k", "client_id": "n", "country": "DK", "registration_id": "10150817", "domain": "bager.dk"}
    ],
    "contacts": [
        {
            "contact_id": "p",
            "company_id": "k",
            "title": "Direktør",
            "email": "a@bager.dk",
            "phone": "+4533123456",
            "phone_valid": True,
        }
    ],
    "consents": [{"consent_id": "s", "contact_id": "p", "consent": "given"}],
    "leads": [
        {
            "lead_id": "l",
            "campaign_id": "m",
            "company_id": "k",
            "contact_id": "p",
            "next_action": "ring",
            "next_action_at": "2026-06-10",
        }
    ],
    "scores": [{"score_id": "z", "lead_id": "l", "expected_value_minor": 700, "occurred_at": YESTERDAY}],
}
"""One client, one open lead, nothing wrong."""

KEYS = {name: table.key for name, table in CONTRACT.items()}


def build(**changes: list[dict[str, Any]]) -> Tables:
    """The world with rows added; a row whose key is there already changes that row."""
    tables = {}
    for name in {*WORLD, *changes}:
        rows = {row[KEYS[name]]: row for row in WORLD.get(name, [])}
        for row in changes.get(name, []):
            rows[row[KEYS[name]]] = rows.get(row[KEYS[name]], {}) | row
        frame = pd.DataFrame([{"occurred_at": EARLIER} | row for row in rows.values()])
        for field in CONTRACT[name].columns:
            if field.kind is Kind.MOMENT and field.name in frame:
                frame[field.name] = pd.to_datetime(frame[field.name], utc=True, format="ISO8601")
        tables[name] = to_arrow(name, frame)
    return tables


QUALIFIED = {"lead_stage_id": "t", "lead_id": "l", "stage": "qualified", "occurred_at": YESTERDAY}
ANSWER = {"handover_answer_id": "h", "lead_id": "l", "answer": "accepted", "occurred_at": YESTERDAY}
REJECTED = ANSWER | {"answer": "rejected", "reason": "timing"}
LAST_WEEK = "2026-05-29T08:59"
OPPORTUNITY = {"opportunity_id": "o", "lead_id": "l", "currency": "DKK"}
MOVED = {"opportunity_stage_id": "q", "opportunity_id": "o", "stage": "demo"}
DEAL = {"deal_id": "d", "lead_id": "l", "amount_minor": 1, "currency": "DKK"}
MEETING = {"meeting_id": "g", "lead_id": "l", "starts_at": "2026-06-02T08:00"}
CALL = {"call_id": "c", "lead_id": "l", "talk_seconds": 0}

FAULTS: list[tuple[str, str, dict[str, list[dict[str, Any]]]]] = [
    ("duplicate_company", "k2", {"companies": [{"company_id": "k2", "client_id": "n", "domain": "WWW.Bager.dk"}]}),
    (
        "duplicate_company",
        "k2",
        {"companies": [{"company_id": "k2", "client_id": "n", "country": "DK", "registration_id": "DK 10 15 08 17"}]},
    ),
    ("duplicate_contact", "p2", {"contacts": [{"contact_id": "p2", "company_id": "k", "email": " A@bager.dk"}]}),
    (
        "near_duplicate_company",
        "k2",
        {
            "companies": [
                {"company_id": "k", "name": "Ærø Bageri A/S"},
                {"company_id": "k2", "client_id": "n", "name": "Aeroe Bageri", "occurred_at": YESTERDAY},
            ]
        },
    ),
    (
        "near_duplicate_contact",
        "p2",
        {
            "contacts": [
                {"contact_id": "p", "name": "Ida Krog"},
                {"contact_id": "p2", "company_id": "k", "name": "Krog, Ida", "occurred_at": YESTERDAY},
            ]
        },
    ),
    ("duplicate_lead", "m", {"leads": [{"lead_id": "m", "campaign_id": "m", "contact_id": "p", "company_id": "k"}]}),
    ("invalid_registration", "k", {"companies": [{"company_id": "k", "registration_id": "10150818"}]}),
    ("invalid_email", "p", {"contacts": [{"contact_id": "p", "email": "a@", "email_valid": False}]}),
    ("unanswered_handover", "l", {"lead_stages": [QUALIFIED | {"occurred_at": LAST_WEEK}]}),
    (
        "unanswered_handover",
        "l",
        {
            "lead_stages": [QUALIFIED | {"occurred_at": LAST_WEEK}],
            "handover_answers": [ANSWER | {"occurred_at": "2026-05-28"}],  # to an earlier handover
        },
    ),
    ("rejected_handover", "l", {"lead_stages": [QUALIFIED], "handover_answers": [REJECTED]}),
    ("dead_number", "p", {"contacts": [{"contact_id": "p", "phone_valid": False}]}),
    ("dead_number", "p", {"contacts": [{"contact_id": "p", "phone": None}]}),
    ("dead_number", "p", {"calls": [CALL | {"disposition": "invalid_number", "occurred_at": YESTERDAY}]}),
    ("wrong_person", "p", {"calls": [CALL | {"disposition": "wrong_person", "occurred_at": YESTERDAY}]}),
    ("missing_title", "p", {"contacts": [{"contact_id": "p", "title": " "}]}),
    ("overdue_next_action", "l", {"leads": [{"lead_id": "l", "next_action_at": "2026-06-02T08:59"}]}),
    ("missing_next_action", "l", {"lead_stages": [QUALIFIED], "leads": [{"lead_id": "l", "next_action": None}]}),
    ("missing_consent", "l", {"lead_stages": [QUALIFIED], "consents": [{"consent_id": "s", "consent": "refused"}]}),
    (
        "missing_consent",
        "l",
        {"lead_stages": [QUALIFIED], "consents": [{"consent_id": "w", "contact_id": "p", "consent": "withdrawn"}]},
    ),
    ("meeting_without_outcome", "g", {"meetings": [MEETING]}),
    ("unmoved_opportunity", "o", {"opportunities": [OPPORTUNITY], "opportunity_stages": [MOVED]}),
    ("conflicting_outcome", "l", {"lead_stages": [QUALIFIED | {"stage": "won"}]}),
    (
        "conflicting_outcome",
        "l",
        {"opportunities": [OPPORTUNITY], "opportunity_stages": [MOVED | {"stage": "won"}]},
    ),
]


@pytest.mark.parametrize(("rule", "row", "changes"), FAULTS, ids=[f"{f[0]} {n}" for n, f in enumerate(FAULTS)])
def test_each_rule_finds_its_fault_alone(rule: str, row: str, changes: dict[str, list[dict[str, Any]]]) -> None:
    findings = make_round(build(**changes), NOW).findings
    assert findings[["rule", "row_id"]].to_numpy().tolist() == [[rule, row]]


def test_every_rule_is_tested() -> None:
    assert {rule.name for rule in RULES} == {
        *(rule for rule, _, _ in FAULTS),
        "bad_list",
        "bad_supplier",
        "refused_row",
    }


SOUND: list[dict[str, list[dict[str, Any]]]] = [
    {},
    {"clients": [{"client_id": "n2", "name": "N", "currency": "DKK", "time_zone": "UTC"}],
     "companies": [{"company_id": "k2", "client_id": "n2", "country": "DK", "registration_id": "10150817"}]},
    {"companies": [{"company_id": i, "client_id": "n", "domain": "gmail.com"} for i in ("k2", "k3")]},
    {"companies": [{"company_id": "k2", "client_id": "n", "country": "DK", "registration_id": "25313763",
                    "domain": "bager.dk"}]},  # two companies of a group
    {"companies": [{"company_id": "k2", "client_id": "n", "country": "DE", "registration_id": "10150818"}]},
    {"contacts": [{"contact_id": "p2", "company_id": "k", "email": None}, {"contact_id": "p3", "company_id": "k"}]},
    {"companies": [{"company_id": "k", "name": "Ærø Vin"}, {"company_id": "k2", "client_id": "n", "name": "Ærø Bolig"}],
     "contacts": [{"contact_id": "p", "name": "Ida Krog"},
                  {"contact_id": "p2", "company_id": "k", "name": "Ole Krog", "phone": "+4533123456"}]},  # relatives
    {"leads": [{"lead_id": "l", "next_action_at": "2026-06-02T09:01"}]},  # still within the day
    {"deals": [DEAL], "contacts": [{"contact_id": "p", "title": None, "phone_valid": False}]},  # nothing left to do
    {"companies": [{"company_id": "k2", "client_id": "n", "domain": "bager.dk", "merged_into": "k"}],
     "contacts": [{"contact_id": "p2", "company_id": "k", "email": "a@bager.dk", "merged_into": "p"}]},
    {"lead_stages": [QUALIFIED | {"occurred_at": LAST_WEEK}], "handover_answers": [ANSWER]},
    {"lead_stages": [QUALIFIED | {"occurred_at": "2026-05-29T09:01"}]},  # within the five days
    {"lead_stages": [QUALIFIED],
     "handover_answers": [REJECTED | {"occurred_at": "2026-06-01"}]},  # handed over anew since
    {"lead_stages": [QUALIFIED, QUALIFIED | {"lead_stage_id": "u", "stage": "contacted",
                                             "occurred_at": "2026-06-02T11:00"}],
     "handover_answers": [REJECTED]},  # worked on as a lead that is not qualified
    {"meetings": [MEETING], "meeting_outcomes": [{"meeting_id": "g", "outcome": "held"}]},
    {"meetings": [MEETING | {"starts_at": "2026-06-04"}]},
    {"opportunities": [OPPORTUNITY], "opportunity_stages": [MOVED | {"occurred_at": "2026-05-01"}]},
    {"opportunities": [OPPORTUNITY], "opportunity_stages": [MOVED | {"stage": "won"}], "deals": [DEAL]},
]  # fmt: skip


@pytest.mark.parametrize("changes", SOUND)
def test_what_is_sound_is_not_found(changes: dict[str, list[dict[str, Any]]]) -> None:
    assert make_round(build(**changes), NOW).findings.empty


def test_a_finding_costs_what_the_open_leads_are_worth_and_each_counts_once() -> None:
    faults = {
        "campaigns": [{"campaign_id": "m2", "client_id": "n", "name": "M2"}],
        "leads": [{"lead_id": "m", "campaign_id": "m2", "company_id": "k", "contact_id": "p"}],
    }
    scores = [
        {"score_id": "y", "lead_id": "l", "expected_value_minor": 900, "occurred_at": "2026-05-01"},  # not the last
        {"score_id": "x", "lead_id": "m", "expected_value_minor": 50, "occurred_at": YESTERDAY},
    ]
    twins = [
        {"company_id": key, "client_id": "n", "domain": "bager.dk", "occurred_at": YESTERDAY} for key in ("a", "b")
    ]
    found = make_round(
        build(**faults, scores=scores, companies=twins, contacts=[{"contact_id": "p", "title": None}]), NOW
    )
    prices = found.findings.set_index("row_id")[["leads", "expected_value_minor"]]
    assert prices.loc["p"].tolist() == [2, 750]
    assert found.rules.set_index("rule").loc["missing_title", ["rows", "leads", "expected_value_minor"]].tolist() == [
        1,
        2,
        750,
    ]
    assert found.rules["rule"].tolist() == ["missing_title", "duplicate_company"]  # dearest first


@pytest.mark.parametrize(
    ("before", "disposition", "found"),
    [
        ({"title": "Chef"}, "invalid_number", ["dead_number"]),  # another title does not make a number work
        ({"phone": "+4533123457"}, "invalid_number", []),
        ({"title": "Chef"}, "wrong_person", []),
        ({"phone": "+4533123457"}, "wrong_person", ["wrong_person"]),
    ],
)
def test_a_call_counts_until_what_it_found_wrong_was_corrected(
    before: dict[str, str], disposition: str, found: list[str]
) -> None:
    corrected = pd.Timestamp("2026-05-01", tz="UTC")
    tables = build(calls=[CALL | {"disposition": disposition, "occurred_at": "2026-04-01"}])
    now = tables["contacts"].to_pandas()
    versions = [now.assign(**before, superseded_at=corrected), now.assign(known_at=corrected)]
    tables = dict(tables) | {"contacts": to_arrow("contacts", pd.concat(versions, ignore_index=True))}
    assert make_round(tables, NOW).findings["rule"].tolist() == found


def test_a_list_worked_for_two_clients_is_priced_in_each_currency() -> None:
    second = {
        "clients": [{"client_id": "n2", "name": "N", "currency": "EUR", "time_zone": "UTC"}],
        "campaigns": [{"campaign_id": "m2", "client_id": "n2", "name": "M"}],
        "leads": [{"lead_id": "m", "campaign_id": "m2", "company_id": "k", "contact_id": "p"}],
        "scores": [{"score_id": "x", "lead_id": "m", "expected_value_minor": 50, "occurred_at": YESTERDAY}],
        "contacts": [{"contact_id": "p", "title": None}],
    }
    found = make_round(build(**second), NOW).findings
    assert dict(zip(found["currency"], found["expected_value_minor"], strict=True)) == {"DKK": 700, "EUR": 50}


def supply(*lists: tuple[str, int, int], **suppliers: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of lists, each with a name, so many numbers that work and so many that are dead; and their suppliers."""
    keys = [(name, f"{name}{place}", place < good) for name, good, dead in lists for place in range(good + dead)]
    person, lead = {"company_id": "k", "title": "x", "phone": "1"}, {"campaign_id": "m", "company_id": "k"}
    return {
        "contacts": [person | {"contact_id": key, "phone_valid": valid} for _, key, valid in keys],
        "leads": [lead | {"lead_id": key, "contact_id": key, "list_id": name} for name, key, _ in keys],
        "lists": [{"list_id": key, "client_id": "n", "name": key, "supplier": suppliers.get(key)} for key, *_ in lists],
    }


def find_of(rule: str, rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    found = make_round(build(**rows), NOW).findings
    return found[found["rule"] == rule].set_index("row_id")["detail"].sort_index().to_dict()


def test_a_list_is_bad_where_chance_does_not_explain_it() -> None:
    rows = supply(("a", 900, 100), ("b", 75, 25), ("c", 84, 16), ("d", 20, 29))
    assert find_of("bad_list", rows) == {"b": "25.0 % of 100 numbers are dead, 12.6 % of those of others"}


def test_a_supplier_is_bad_where_its_lists_together_are() -> None:
    lists = [(f"{supplier}{n}", 60 - dead, dead) for supplier, dead in (("x", 9), ("y", 3), ("z", 3)) for n in range(3)]
    rows = supply(*lists, **{name: f"Supplier {name[0]}" for name, *_ in lists})
    detail = "of Supplier x: 15.0 % of 180 numbers are dead, 5.0 % of those of others"
    assert find_of("bad_supplier", rows) == {"x0": detail, "x1": detail, "x2": detail}
    assert find_of("bad_list", rows) == {}


def test_one_bad_list_does_not_make_its_supplier_bad() -> None:
    lists = [("x0", 60, 60), *((f"{name}{n}", 57, 3) for name in "xyz" for n in (1, 2))]
    rows = supply(*lists, **{name: name[0] for name, *_ in lists})
    assert set(find_of("bad_list", rows)) == {"x0"}
    assert find_of("bad_supplier", rows) == {}


def test_a_near_duplicate_is_told_once_with_what_it_most_probably_is() -> None:
    names = {"k": "Svanekær Vin A/S", "k2": "Svanekræ Vin", "k3": "Svanekaer Vin"}
    rows = [
        {"company_id": key, "client_id": "n", "name": name, "occurred_at": f"2026-03-0{place + 1}"}
        for place, (key, name) in enumerate(names.items())
    ]
    found = make_round(build(companies=rows), NOW).findings.set_index("row_id")["detail"]
    assert found.to_dict() == {"k2": "name alike as k", "k3": "same name as k"}


def test_one_dead_number_does_not_make_a_list_bad_where_others_have_none() -> None:
    assert find_of("bad_list", supply(("a", 49, 1), ("b", 50, 0))) == {}


def test_refused_rows_are_part_of_the_round() -> None:
    refused = pd.DataFrame({"quarantine_id": [7], "table_name": ["calls"], "rule": ["lead_id: unknown"]})
    (row,) = make_round(build(), NOW, refused).findings.to_dict("records")
    assert (row["rule"], row["row_id"], row["detail"]) == ("refused_row", "7", "calls, lead_id: unknown")


PLANTED = {
    "duplicate_company": ("companies", "duplicate"),
    "duplicate_contact": ("contacts", "duplicate"),
    "invalid_registration": ("companies", "invalid_cvr"),
    "meeting_without_outcome": ("meetings", "missing_outcome"),
}


def test_every_planted_fault_is_found_and_no_other() -> None:
    end = datetime(2026, 6, 1, tzinfo=UTC)
    history = simulate(leads=3_000, months=18, end=end, seed=5, scenario="steady")
    frames = dict(history.tables)
    contacts = frames["contacts"]
    phone, valid = validate_phones(contacts["phone"], contacts["phone_valid"], "DK")
    frames["contacts"] = contacts.assign(phone=phone, phone_valid=valid)
    found = make_round({name: to_arrow(name, frame) for name, frame in frames.items()}, end).findings
    for rule, (table, fault) in PLANTED.items():
        faults = history.faults
        planted = faults["key"][(faults["table"] == table) & (faults["fault"] == fault)]
        assert set(found["row_id"][found["rule"] == rule]) == set(planted), rule
