"""Near duplicates are measured on worlds of which it is known what is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from benchmarks.misspelling import abbreviate, leave_middle_out, put_last_first, respell, shorten_first, slip
from benchmarks.near_duplicates import CANDIDATES, CHOSEN_ON, MEASURED_ON, choose_score, count_hits, to_figures
from benchmarks.near_parties import make_parties
from data.duplicates.names import normalise_company

if TYPE_CHECKING:
    from benchmarks.recorded_parties import Parties


@pytest.fixture(scope="module")
def parties() -> Parties:
    return make_parties(600, seed=5)


def test_hits_are_counted_whichever_stands_first() -> None:
    proposed = pd.DataFrame({"first": ["b", "c"], "second": ["a", "d"]})
    assert count_hits(proposed, {("a", "b"), ("x", "y"), ("y", "z")}) == (1, 2, 3)


def test_precision_and_recall_stand_beside_their_goals() -> None:
    figures = {figure.name: (figure.value, figure.met) for figure in to_figures("companies", 9, 10, 12)}
    assert figures == {
        "near_companies_planted": (12, None),
        "near_companies_precision": (0.9, False),
        "near_companies_recall": (0.75, False),
    }
    assert to_figures("companies", 0, 0, 12)[1].met is False  # who proposes nothing has not been precise


def test_the_least_score_is_the_first_that_is_precise_enough() -> None:
    labelled = pd.DataFrame({"score": [0.52, 0.58, 0.9], "right": [True, False, True]})
    assert choose_score(labelled) == 0.6
    assert choose_score(labelled.assign(right=True)) == 0.5
    assert choose_score(labelled.assign(right=False)) == CANDIDATES[-1]


def test_what_is_measured_was_not_chosen_on() -> None:
    assert not set(CHOSEN_ON) & set(MEASURED_ON)


def test_the_same_seed_makes_the_same_world(parties: Parties) -> None:
    again = make_parties(600, seed=5)
    assert again.companies == parties.companies
    assert again.contacts == parties.contacts
    assert make_parties(600, seed=6).companies != parties.companies


def test_what_is_one_is_so_within_a_client_and_shares_no_key(parties: Parties) -> None:
    companies = {row["company_id"]: row for row in parties.companies}
    contacts = {row["contact_id"]: row for row in parties.contacts}
    pairs, people = parties.pairs()
    assert len(pairs) > 20
    assert len(people) > 50
    for one, other in ((companies[first], companies[second]) for first, second in pairs):
        assert (one["entity"], one["client_id"]) == (other["entity"], other["client_id"])
        assert one["registration_id"] is None or one["registration_id"] != other["registration_id"]
        assert one["domain"] in (None, "gmail.com") or one["domain"] != other["domain"]
    for one, other in ((contacts[first], contacts[second]) for first, second in people):
        assert one["entity"] == other["entity"]
        assert one["email"] is None or one["email"] != other["email"]


def test_other_companies_look_alike_and_names_are_many(parties: Parties) -> None:
    pairs, _ = parties.pairs()
    names = pd.DataFrame(parties.companies).assign(
        words=[normalise_company(row["name"]).words for row in parties.companies]
    )
    same = names.merge(names, on="words")
    same = same[same["company_id_x"] < same["company_id_y"]]
    assert len(same) > len(set(zip(same["company_id_x"], same["company_id_y"], strict=True)) & pairs)
    assert names["words"].nunique() > 500


def test_names_are_changed_as_people_change_them() -> None:
    chance = np.random.default_rng(1)
    assert put_last_first(chance, "Jens Holm Hansen") == "Hansen, Jens Holm"
    assert shorten_first(chance, "Jens Hansen") == "J. Hansen"
    assert leave_middle_out(chance, "Anne Holm-Hansen") == "Anne Hansen"
    assert abbreviate(chance, "Nordisk Transport") == "Nord. Transp."
    assert respell(chance, "Ærø") in ("Aeroe", "Aero")
    assert slip(chance, "Byg ApS") == "Byg ApS"  # no word is long enough
    assert {slip(chance, "Holmbo Vin") != "Holmbo Vin" for _ in range(20)} == {True}
