from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.scoring import measure

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes


@pytest.mark.usefixtures("_few_trees")
def test_scoring_is_measured_beside_the_boosters(workshop: Path, sizes: Sizes) -> None:
    figures = {figure.name: figure for figure in measure(sizes, workshop, lambda _: None)}
    assert list(figures) == [
        "batch_rows",
        "batch",
        "batch_plain_predict",
        "batch_speed_ratio",
        "one_row",
        "one_row_plain_predict",
        "open_leads",
        "score_open_leads_with_features",
    ]
    assert figures["batch_speed_ratio"].value == pytest.approx(
        figures["batch"].value / figures["batch_plain_predict"].value
    )  # of one repetition
    assert 0 < figures["open_leads"].value < sizes.leads
    assert all(figure.value > 0 and figure.goal is None for figure in figures.values())
