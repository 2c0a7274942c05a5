"""Free attributes: names and kinds that no one foresaw."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from features import Attribute, find_attributes, find_personal_attributes


def lead(attributes, **more):
    text = attributes if attributes is None else json.dumps(attributes)
    return {
        "lead_id": "lead",
        "campaign_id": "campaign",
        "company_id": "company",
        "attributes": text,
        "occurred_at": "2025-01-01",
        **more,
    }


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2.5], "number"),
        (["1", "2,5"], "category"),
        (["1", "-2.5e3", None], "number"),
        ([1, "one"], "category"),
        (["nan", 1], "category"),
        (["Infinity"], "category"),
        ([None], "category"),
        ([True], "category"),
        ([""], "category"),
    ],
)
def test_kind(make_tables, values, kind):
    tables = make_tables(leads=[lead({"x": value}) for value in values])
    assert find_attributes(tables) == (Attribute("x", kind),)


def test_names_are_sorted_and_come_from_all_leads(make_tables):
    tables = make_tables(leads=[lead({"b": 1}), lead({"a": "x", "Æble": "y"}), lead(None)])
    assert [attribute.name for attribute in find_attributes(tables)] == ["a", "b", "Æble"]


@pytest.mark.parametrize(
    "personal",
    [
        {"reg": "jens@firma.dk"},
        {"reg": "ring til jens@firma.dk"},
        {"reg": {"mail": "jens@firma.dk"}},
        {"reg": "010170-1234"},
        {"reg": "+45 33 12 34 56"},
        {"reg": 33123456},
        {"Fornavn": "Jens"},
        {"kontaktperson": "Jens Hansen"},
        {"jens@firma.dk": 1},
    ],
)
def test_what_looks_personal_is_no_feature(make_tables, personal):
    tables = make_tables(leads=[lead({**personal, "beds": number}) for number in range(3)])
    assert find_attributes(tables) == (Attribute("beds", "number"),)
    assert find_personal_attributes(tables) == tuple(personal)


def test_only_versions_visible_at_as_of_are_looked_at(make_tables):
    versions = [
        lead({"gone": 1}, superseded_at="2025-03-01"),
        lead({"size": "big"}, known_at="2025-03-01", superseded_at="2025-05-01"),
        lead({"size": 4}, known_at="2025-05-01"),
    ]
    tables = make_tables(leads=versions)
    moments = [datetime(2024, 12, 1, tzinfo=UTC), *(datetime(2025, month, 2, tzinfo=UTC) for month in (2, 4, 6))]
    found = [find_attributes(tables, moment) for moment in moments]
    assert found == [
        (),
        (Attribute("gone", "number"),),
        (Attribute("size", "category"),),
        (Attribute("size", "number"),),
    ]
    assert find_attributes(tables) == (Attribute("gone", "number"), Attribute("size", "category"))


def test_no_leads_no_attributes():
    assert find_attributes({}) == ()


NAMES = ["beds", "Beds", "a b", "a/b", "~", "it's", 'say "so"', "", "time_zone", "$.x", "0", "æøå"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_becomes_a_column(answer, name):
    found = answer("2025-02-01", leads=[lead({name: "17", "other": "text"})])
    assert found[f"attribute_{name}"] == 17
    assert found["attribute_other"] == "text"


def test_names_that_differ_in_case_alone_stay_apart(answer):
    found = answer("2025-02-01", leads=[lead({"beds": 4, "Beds": "many"})])
    assert (found["attribute_beds"], found["attribute_Beds"]) == (4, "many")


def test_numbers_are_read_exactly(answer):
    found = answer("2025-02-01", leads=[lead({"x": 0.1, "y": "0.30000000000000004"})])
    assert (found["attribute_x"], found["attribute_y"]) == (0.1, 0.1 + 0.2)


def test_attributes_are_those_of_the_version_known_at_as_of(answer):
    versions = [
        lead({"beds": 4}, superseded_at="2025-03-01"),
        lead({"beds": 9, "chain": "Nord"}, known_at="2025-03-01"),
    ]
    assert answer("2025-02-01", leads=versions)["attribute_beds"] == 4
    assert answer("2025-02-01", leads=versions)["attribute_chain"] is None
    assert answer("2025-04-01", leads=versions)["attribute_beds"] == 9
