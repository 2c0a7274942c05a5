"""Near duplicates: what is proposed with which reasons, and what is not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.contract import CONTRACT
from data.duplicates.near import Near, find_near
from data.frames import to_arrow

Rows = list[dict[str, Any]]

VALID, OTHER_VALID, IMPOSSIBLE = "10150817", "25313763", "10150818"


def build(table: str, rows: Rows) -> pd.DataFrame:
    """Contract rows, each a day younger than the one before."""
    frame = pd.DataFrame(rows).assign(known_at_assumed=False)
    days = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(range(len(frame)), unit="D")
    frame = frame.assign(occurred_at=days) if "occurred_at" not in frame else frame
    return to_arrow(table, frame).to_pandas()


def find(companies: Rows, contacts: Rows | None = None) -> Near:
    people = build("contacts", contacts) if contacts else to_arrow("contacts", empty()).to_pandas()
    return find_near(build("companies", [{"client_id": "n"} | row for row in companies]), people)


def empty() -> pd.DataFrame:
    return pd.DataFrame({CONTRACT["contacts"].key: [], "company_id": []}, dtype="str")


def tell(proposals: pd.DataFrame) -> Rows:
    return proposals[["first", "second", "reasons"]].to_numpy().tolist()


HOLM = {"company_id": "a", "name": "Holmbæk Byg A/S", "region": "Fyn"}

ONE: list[tuple[dict[str, Any], str]] = [
    ({"name": "HOLMBÆK BYG A/S"}, "same name"),
    ({"name": "Holmbaek Byg Aktieselskab"}, "same name"),
    ({"name": "Holmbæk Byg ApS", "region": "Fyn"}, "name alike, same region"),
    ({"name": "Holmbkæ Byg", "region": "fyn"}, "name alike, same region"),
    ({"name": "Holmbækbyg", "region": "Fyn"}, "name alike, same region"),
]


@pytest.mark.parametrize(("other", "reasons"), ONE, ids=[other["name"] for other, _ in ONE])
def test_a_company_under_nearly_its_name_is_proposed(other: dict[str, Any], reasons: str) -> None:
    found = find([HOLM, {"company_id": "b"} | other])
    assert tell(found.companies) == [["a", "b", reasons]]
    assert found.companies["score"].between(0.5, 1).all()


TWO: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"name": "Holmbæk Bolig A/S", "region": "Fyn"}),
    ({}, {"name": "Holmbæk Byg Holding A/S", "region": "Fyn"}),
    ({}, {"name": "Holmbæk Byg A/S", "client_id": "m"}),
    ({}, {"name": None, "region": "Fyn"}),
    ({}, {"name": "Holmbæk Byg A/S", "merged_into": "a"}),
    ({"registration_id": VALID, "country": "DK"},
     {"name": "Holmbæk Byg A/S", "registration_id": OTHER_VALID, "country": "DK"}),
    ({"registration_id": VALID, "country": "DK"},
     {"name": "Holmbæk Byg A/S", "registration_id": "25313764", "country": "DK"}),  # no slip of the other
    ({"registration_id": VALID, "country": "DK"},
     {"name": "Holmbæk Byg A/S", "registration_id": VALID, "country": "DK"}),  # shares a key: the same, not near
    ({"domain": "holmbaek.dk"}, {"name": "Holmbæk Byg A/S", "domain": "www.holmbaek.dk"}),
    ({"domain": "holmbaek.dk", "founded_year": 1980},
     {"name": "Holmbæk Byg A/S", "domain": "byggeriet.dk", "region": "Lolland", "founded_year": 2010}),
    ({"country": "DK"}, {"name": "Holmbæk Byg A/S", "country": "SE", "region": "Skåne"}),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), TWO, ids=range(len(TWO)))
def test_what_is_two_companies_is_not_proposed(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert find([HOLM | first, {"company_id": "b"} | second]).companies.empty


def test_a_slip_in_the_number_speaks_for_one() -> None:
    numbered = {"registration_id": VALID, "country": "DK"}
    slip = {"company_id": "b", "name": "Holmbæk Byg", "registration_id": IMPOSSIBLE, "country": "DK"}
    assert tell(find([HOLM | numbered, slip]).companies) == [
        ["a", "b", "same name, registration number nearly the same"]
    ]


def test_the_facts_and_the_people_speak_too() -> None:
    facts = {"industry": "Byg", "founded_year": 1990, "employees": 10}
    companies = [HOLM | facts | {"domain": "holmbaek.dk"},
                 {"company_id": "b", "name": "Holmbæk Byg"} | facts | {"domain": "holmbaek.com"}]  # fmt: skip
    people = [{"contact_id": key, "company_id": key, "name": "Ida Krog", "phone": "+4533123456"} for key in "ab"]
    reasons = "same name, same telephone, somebody of the same name there, domain alike, same industry"
    assert tell(find(companies, people).companies) == [["a", "b", f"{reasons}, founded in the same year"]]


def test_an_impossible_number_that_two_have_makes_no_key_and_speaks_for_one() -> None:
    number = {"registration_id": IMPOSSIBLE, "country": "DK"}
    found = find([HOLM | number, {"company_id": "b", "name": "Holmbæk Byg"} | number])
    assert tell(found.companies) == [["a", "b", "same name, registration number nearly the same"]]


def test_a_name_that_many_have_says_less_than_a_rare_one() -> None:
    namesakes = [
        {"company_id": f"n{place}", "name": "Holmbæk Byg", "country": "DK", "registration_id": number}
        for place, number in enumerate([VALID, OTHER_VALID, "24256790", "61056416"])
    ]
    rare = [{"company_id": key, "name": "Zebicon Optik"} for key in "xy"]
    found = find([*namesakes, {"company_id": "b", "name": "Holmbæk Byg"}, *rare]).companies
    assert tell(found) == [["x", "y", "same name"]]


def test_the_older_record_stands_first_whatever_the_order() -> None:
    moments = pd.to_datetime(["2026-02-01", "2026-01-01"], utc=True)
    rows = [HOLM | {"occurred_at": moments[0]}, {"company_id": "b", "name": "Holmbæk Byg", "occurred_at": moments[1]}]
    assert tell(find(rows).companies) == [["b", "a", "same name"]]
    assert tell(find(rows[::-1]).companies) == [["b", "a", "same name"]]


IDA = {"contact_id": "p", "company_id": "a", "name": "Ida Krogslund", "email": "ik@holmbaek.dk", "phone": "+4533123456"}

ONE_PERSON: list[tuple[dict[str, Any], str]] = [
    ({"name": "Krogslund, Ida"}, "same name, same company or one alike"),
    ({"name": "I. Krogslund", "phone": "+4533123456"}, "name alike, same company or one alike, same telephone"),
    ({"name": "Ida Krogslnud"}, "name alike, same company or one alike"),
    ({"name": "Ida Holm Krogslund", "title": "Chef"}, "name alike, same company or one alike"),
    ({"name": "Ida Krogslund", "email": "ik@gmail.com"}, "same name, same company or one alike, e-mail alike"),
    ({"name": "Ida Krogslund", "company_id": "b", "phone": "+4533123456"}, "same name, same telephone"),
]  # fmt: skip


@pytest.mark.parametrize(("other", "reasons"), ONE_PERSON, ids=range(len(ONE_PERSON)))
def test_a_person_under_nearly_their_name_is_proposed(other: dict[str, Any], reasons: str) -> None:
    companies = [HOLM, {"company_id": "b", "name": "Ærø Rederi"}]
    found = find(companies, [IDA, {"contact_id": "q", "company_id": "a"} | other])
    assert tell(found.contacts) == [["p", "q", reasons]]


TWO_PEOPLE: list[dict[str, Any]] = [
    {"name": "Ole Krogslund", "phone": "+4533123456"},  # a relative at one telephone
    {"name": "Ida Krogslund", "company_id": "b"},  # a namesake elsewhere
    {"name": "Ida Krogslund", "email": "IK@holmbaek.dk"},  # shares a key: the same, not near
    {"name": "Ida Krogslund", "email": "ik2@holmbaek.dk", "phone": "+4533123457"},  # namesakes, numbered by the mail
    {"name": "Ida Krogslund", "merged_into": "p"},
    {"name": None, "phone": "+4533123456"},
    {"name": "Ida Krogslund", "company_id": "c", "phone": "+4533123456"},  # at another client
]


@pytest.mark.parametrize("other", TWO_PEOPLE, ids=range(len(TWO_PEOPLE)))
def test_what_is_two_people_is_not_proposed(other: dict[str, Any]) -> None:
    companies = [HOLM, {"company_id": "b", "name": "Ærø Rederi"}, {"company_id": "c", "name": "X", "client_id": "m"}]
    assert find(companies, [IDA, {"contact_id": "q", "company_id": "a"} | other]).contacts.empty


def test_junior_and_senior_are_two() -> None:
    people = [
        IDA | {"name": "Jens Krogslund sen."},
        {"contact_id": "q", "company_id": "a", "name": "Jens Krogslund jun."},
    ]
    assert find([HOLM], people).contacts.empty


@pytest.mark.parametrize(
    "other", [{"name": "Holmbæk Byg ApS", "region": "Fyn"}, {"name": "X", "domain": "holmbaek.dk"}]
)
def test_people_at_companies_that_are_near_or_share_a_key_are_compared(other: dict[str, Any]) -> None:
    companies = [HOLM | {"domain": "holmbaek.dk"}, {"company_id": "b"} | other]
    found = find(companies, [IDA, {"contact_id": "q", "company_id": "b", "name": "Ida Krogslund"}])
    assert tell(found.contacts) == [["p", "q", "same name, same company or one alike"]]


def test_reasons_hold_nothing_of_the_records() -> None:
    companies = [HOLM | {"domain": "holmbaek.dk"}, {"company_id": "b", "name": "Holmbæk Byg", "domain": "holmbaek.com"}]
    people = [IDA, {"contact_id": "q", "company_id": "b", "name": "Ida Krogslund", "phone": "+4533123456"}]
    found = find(companies, people)
    told = " ".join([*found.companies["reasons"], *found.contacts["reasons"]]).casefold()
    assert len(found.companies) == len(found.contacts) == 1
    assert not [part for part in ("holm", "fyn", "ida", "krog", "33123456", ".dk") if part in told]


def test_without_rows_nothing_is_proposed() -> None:
    nobody = to_arrow("companies", pd.DataFrame({"company_id": [], "client_id": []}, dtype="str")).to_pandas()
    found = find_near(nobody, to_arrow("contacts", empty()).to_pandas())
    assert found.companies.empty
    assert found.contacts.empty
