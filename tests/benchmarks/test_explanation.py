from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.explanation import measure

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes


@pytest.mark.usefixtures("_few_trees")
def test_explanation_is_measured_beside_the_bare_values(workshop: Path, sizes: Sizes) -> None:
    figures = {figure.name: figure for figure in measure(sizes, workshop, lambda _: None)}
    assert list(figures) == [
        "explained_rows",
        "explanation",
        "explanation_time_ratio",
        "one_explanation",
        "one_pred_contrib",
    ]
    assert figures["explanation_time_ratio"].goal == 1.2
    assert 0 < figures["explained_rows"].value <= 10_000
    assert all(figure.value > 0 for figure in figures.values())
