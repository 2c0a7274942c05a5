from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from training.leaks.codes import code_column


def test_texts_are_their_own_values_and_rare_ones_are_together() -> None:
    found = code_column(pd.Series(["a"] * 20 + ["b"] * 5 + ["c", "d", None, " "]))
    assert found.code.tolist() == [2] * 20 + [3] * 5 + [1, 1, 0, 0]
    assert found.words == ("empty", "rare values", "'a'", "one of its values")


def test_a_text_that_says_who_somebody_is_is_not_named() -> None:
    assert code_column(pd.Series(["ring jens@firma.dk"] * 30)).words[2] == "one of its values"


def test_few_numbers_are_values_and_many_are_ranges_of_as_many_rows() -> None:
    assert code_column(pd.Series([3.0, 1.0, np.nan])).words == ("empty", "1", "3")
    found = code_column(pd.Series(np.arange(120.0)))
    assert np.bincount(found.code).tolist() == [0, 30, 30, 30, 30]
    assert found.ranges == 4
    assert found.words[1] == "below to 29.75"


def test_a_number_on_many_rows_is_a_value_among_ranges() -> None:
    found = code_column(pd.Series([0.0] * 20 + list(np.arange(1.0, 61.0))))
    assert np.bincount(found.code).tolist() == [0, 20, 30, 30]
    assert (found.words[1], found.ranges) == ("0", 2)


@pytest.mark.parametrize("values", [[None, None], [np.nan, np.nan], ["", " "]])
def test_an_empty_column_has_one_code(values: list[object]) -> None:
    assert code_column(pd.Series(values)).code.tolist() == [0, 0]


def test_yes_and_no_are_numbers() -> None:
    assert code_column(pd.Series([True, False, True])).code.tolist() == [2, 1, 2]
