from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality_runs import group_folds
from benchmarks.quality_sets import Fold


@pytest.mark.parametrize(
    ("refit_rows", "fits"),
    [
        (0, [[0], [1], [2], [3], [4]]),
        (400, [[0, 1], [2, 3], [4]]),
        (500, [[0, 1, 2], [3, 4]]),
        (5_000, [[0, 1, 2, 3, 4]]),
    ],
)
def test_a_slow_peer_learns_anew_after_so_many_judged_rows(refit_rows: int, fits: list[list[int]]) -> None:
    folds = [Fold(np.arange(place), np.arange(200), 0) for place in range(5)]
    groups = list(group_folds(folds, refit_rows))
    assert [[len(fold.train) for fold in group] for group in groups] == fits
