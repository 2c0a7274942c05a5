"""Free attributes: names and kinds that no one foresaw."""

from __future__ import annotations

import json

import pytest

from features import Attribute, find_attributes


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
