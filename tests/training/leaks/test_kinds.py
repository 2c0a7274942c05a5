"""Each kind of leak on columns written out by hand, and on columns that are strong and honest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from training.leaks.codes import code_column
from training.leaks.filled import find_filled
from training.leaks.missing import find_missing
from training.leaks.restating import find_restating
from training.leaks.tally import Rows, count_outcomes
from training.leaks.too_good import find_too_good, rank_alone

if TYPE_CHECKING:
    from tests.training.leaks.conftest import MakeTally

ALPHA = 1e-4


def test_a_reason_filled_for_won_leads_alone(make_tally: MakeTally) -> None:
    tally = make_tally(["price"] * 98 + [None] * 2, ["price"] * 1 + [None] * 99)
    found = find_filled(tally, ALPHA)
    assert found is not None
    assert found.kind == "filled for one outcome"
    assert found.reason == "is filled for 98 % of won and 1 % of lost leads; it is known only after the outcome"


def test_a_reason_filled_for_lost_leads_alone(make_tally: MakeTally) -> None:
    found = find_filled(make_tally([None] * 400, ["no money"] * 150 + [None] * 150), ALPHA)
    assert found is not None
    assert "0 % of won and 50 % of lost" in found.reason


def test_a_field_that_is_filled_three_times_as_often_is_honest(make_tally: MakeTally) -> None:
    tally = make_tally([1.0] * 270 + [None] * 730, [1.0] * 90 + [None] * 910)
    assert find_filled(tally, ALPHA) is None
    assert find_missing(tally, ALPHA) is None


def test_a_field_missing_for_most_lost_leads(make_tally: MakeTally) -> None:
    tally = make_tally([1.0] * 190 + [None] * 10, [1.0] * 60 + [None] * 240)
    assert find_filled(tally, ALPHA) is None  # filled 5 times as often
    found = find_missing(tally, ALPHA)
    assert found is not None
    assert found.reason.startswith("is empty for 5 % of won and 80 % of lost leads")


def test_a_status_whose_values_have_one_outcome_each(make_tally: MakeTally) -> None:
    tally = make_tally(["signed", "signed", "ordered", "ordered"] * 25, ["no money", "no money", "no", "no"] * 50)
    found = find_restating(tally, ALPHA)
    assert found is not None
    assert found.reason == "is 'signed', 'ordered' for 100 % of won and 0 % of lost leads, so it restates the outcome"


def test_a_status_that_is_undecided_for_half(make_tally: MakeTally) -> None:
    won = ["won", "won", "open", "open"] * 100
    assert find_restating(make_tally(won, ["open"] * 400), ALPHA) is not None


def test_an_amount_that_is_nothing_where_lost(make_tally: MakeTally) -> None:
    found = find_restating(make_tally([float(1_000 + number) for number in range(100)], [0.0] * 300), ALPHA)
    assert found is not None
    assert found.reason == "is 0 for 0 % of won and 100 % of lost leads, so it restates the outcome"


def test_many_values_of_chance_restate_nothing(make_tally: MakeTally) -> None:
    # Each town has 5 leads, all of one outcome in either half: what one half says of a town, the other does not know.
    towns = np.repeat(np.arange(200), 5).astype(str)
    rng = np.random.default_rng(1)
    drawn = rng.permutation(towns)
    assert find_restating(make_tally(list(drawn[:300]), list(drawn[300:])), ALPHA) is None


def test_the_auc_alone_is_counted_by_pairs(make_tally: MakeTally) -> None:
    # In each half: 2 on both won rows; on the lost rows 1, 1, 1 and 2. Of 8 pairs 6 are right and 2 equal: 7/8.
    auc, _ = rank_alone(make_tally([2.0] * 4, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]))
    assert auc == pytest.approx(7 / 8)


def test_the_auc_is_that_inside_strata() -> None:
    # The column is the season: it tells the level of each half of the file, and nothing inside it.
    won = np.array(([1] + [0] * 9) * 100 + ([1] * 9 + [0]) * 100)
    season = np.repeat([0, 1], 1_000)
    tally = count_outcomes(
        code_column(pd.Series(season)), Rows(won, season.astype(np.intp), np.arange(2_000) // 10 % 2)
    )
    assert rank_alone(tally)[0] == pytest.approx(0.5)


@pytest.mark.parametrize(("deviations", "found"), [(0.9, False), (1.7, True)])
def test_a_number_too_good_to_be_known_before(make_tally: MakeTally, deviations: float, found: bool) -> None:
    # Normal scores 0.9 deviations apart rank with an AUC of 0.74, 1.7 apart with 0.885.
    rng = np.random.default_rng(2)
    tally = make_tally(list(rng.normal(deviations, 1, 500)), list(rng.normal(0, 1, 1_500)))
    assert (find_too_good(tally, ALPHA) is not None) is found


def test_a_few_rows_that_rank_well_may_be_chance(make_tally: MakeTally) -> None:
    rng = np.random.default_rng(3)
    few = make_tally(list(rng.normal(1.3, 1, 20)), list(rng.normal(0, 1, 20)))
    assert find_too_good(few, ALPHA) is None
