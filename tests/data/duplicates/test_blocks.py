"""Blocks: who is compared with whom, and that the cost does not grow with the square."""

from __future__ import annotations

import pandas as pd

from data.duplicates.blocks import LARGEST, find_pairs, narrow, pair_up, write_name_keys
from data.duplicates.names import normalise_company
from data.duplicates.words import learn_words


def test_too_many_with_one_key_are_divided_and_then_left_out() -> None:
    many = [(place, "a") for place in range(2 * LARGEST)]
    assert pair_up(many, [""] * len(many)).empty
    halves = pair_up(many, ["left"] * LARGEST + ["right"] * LARGEST)
    assert len(halves) == LARGEST * (LARGEST - 1)
    assert not ((halves["left"] < LARGEST) & (halves["right"] >= LARGEST)).any()


def test_pairs_that_meet_at_several_keys_are_told_once() -> None:
    keys = [(1, "a"), (0, "a"), (0, "b"), (1, "b"), (1, "b"), (2, "c")]
    assert pair_up(keys, [""] * 3).to_numpy().tolist() == [[0, 1]]


def test_a_key_that_all_have_still_tells_of_a_pair() -> None:
    pairs = pd.DataFrame({"left": [0, 1], "right": [1, 99]})
    assert find_pairs(pairs, [(place, "a") for place in range(50)]).tolist() == [True, False]


def test_a_slip_has_a_key_of_the_name_that_is_meant() -> None:
    meant, slip = normalise_company("Zebicon Bolig"), normalise_company("Zebicno Bolig")
    names = [meant.words] * 2 + [slip.words] + [("bolig",)] * 50
    words = learn_words(names)
    assert "bolig zebicon" in set(write_name_keys(meant, words)) & set(write_name_keys(slip, words))


def test_where_many_have_a_key_only_like_names_are_compared() -> None:
    names = [normalise_company(f"{chr(97 + place % 26) * 4}{chr(97 + place // 26) * 4} Bolig") for place in range(60)]
    words = learn_words(name.words for name in names)
    keys = [(place, "switchboard") for place in range(60)]
    assert list(narrow(keys[:LARGEST], names, words)) == keys[:LARGEST]
    pairs = pair_up(narrow(keys, [*names[:-1], names[0]], words), [""] * 60)
    assert [0, 59] in pairs.to_numpy().tolist()
    assert len(pairs) < 60
