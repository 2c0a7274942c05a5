"""Likeness: what two names share, and what their differences cost."""

from __future__ import annotations

import pytest

from data.duplicates.likeness import Costs, Likeness, compare_names
from data.duplicates.names import normalise_company, normalise_person
from data.duplicates.words import learn_words

COSTS = Costs(slip=1.0, short=10.0, missing=100.0, other=1_000.0, apart=10_000.0, form=0.5, related=0.01)


def compare(first: str, second: str) -> Likeness:
    one, other = normalise_company(first), normalise_company(second)
    return compare_names(one, other, learn_words([one.words, other.words]), COSTS)


@pytest.mark.parametrize(
    ("first", "second", "price"),
    [
        ("Nordisk Bolig A/S", "Bolig Nordisk", 0.0),
        ("Nordisk Bolig A/S", "Nordisk Bolig ApS", 0.5),
        ("Nordisk Bolig", "Nordsik Bolig", 1.0),
        ("Nordisk Bolighus", "Nordiskbolighus", 1.0),
        ("Nordisk Bolighus", "Nordiskbolihus", 1.0),
        ("Nord. Bolig", "Nordisk Bolig", 10.0),
        ("Nord Bolig", "Nordisk Bolig", 1_000.0),  # not shortened: another word
        ("Nordisk Bolig", "Nordisk Bolig Odense", 100.0),
        ("Nordisk Byg", "Nordisk Bolig", 1_000.0),
        ("Nordisk Byg Odense", "Nordisk Bolig", 1_100.0),
        ("Nordisk Bolig", "Nordisk Bolig Holding", 10_100.0),
    ],
)
def test_each_difference_has_its_price(first: str, second: str, price: float) -> None:
    assert compare(first, second).price == compare(second, first).price == price


def test_only_words_in_common_tell() -> None:
    words = learn_words([("nordisk", "byg"), ("nordisk", "bolig")])
    one, other = normalise_company("Nordisk Byg"), normalise_company("Nordisk Bolig")
    assert compare_names(one, other, words, COSTS).bits == words.weigh("nordisk")
    assert compare_names(one, one, words, COSTS).bits == words.weigh("nordisk") + words.weigh("byg")


def test_an_initial_tells_less_than_a_name_however_rare_that_is() -> None:
    one, other = normalise_person("Villads Holm"), normalise_person("V. Holm")
    words = learn_words([one.words, other.words])
    found = compare_names(one, other, words, COSTS)
    assert found.bits == words.weigh("holm") + 4
    assert found.price == 10.0
