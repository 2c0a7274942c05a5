"""Words: how much each tells, and which may be a slip of which."""

from __future__ import annotations

import pytest

from data.duplicates.words import learn_words


def test_a_word_tells_the_logarithm_of_its_rarity_without_the_two_that_are_compared() -> None:
    words = learn_words([("byg",)] * 100)
    assert words.weigh("byg") == pytest.approx(4.4170, abs=1e-4)  # log2((100 + 2000) / (98 + 0.3))
    assert words.weigh("unseen") == pytest.approx(12.7731, abs=1e-4)  # log2(2100 / 0.3)
    assert words.weigh("byg", 1) < words.weigh("byg", 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nordisk", "nordsik"),
        ("nordisk", "nordis"),
        ("nordisk", "norddisk"),
        ("nordisk", "nordosk"),
        ("kristian", "christian"),
        ("sofie", "sophie"),
    ],
)
def test_a_slip_and_another_spelling_of_a_sound_are_near(one: str, other: str) -> None:
    words = learn_words([(one,)] * 5 + [(other,)])
    assert words.near[one] == {other}
    assert words.near[other] == {one}


@pytest.mark.parametrize(
    ("one", "other"),
    [("byg", "bug"), ("holm", "lund"), ("1000", "1001"), ("nordisk", "nordsjk")],  # short, another, number, two slips
)
def test_other_words_are_not_near(one: str, other: str) -> None:
    assert not learn_words([(one,), (other,)]).near


def test_words_that_several_names_have_are_not_slips_of_each_other() -> None:
    names = [("hansen",)] * 3 + [("hanson",)] * 3
    assert not learn_words(names).near
    assert learn_words([("hansen",)] * 600 + [("hanson",)] * 3).near  # one in 200
