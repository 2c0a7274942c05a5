from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.one_lead import WARM_UP, fill_store, measure_one_lead

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes
    from data import Store


def test_one_lead_is_read_and_computed(store: Store, tmp_path: Path, sizes: Sizes) -> None:
    leads = fill_store(store, tmp_path, replace(sizes, leads=300))
    figures = {figure.name: figure for figure in measure_one_lead(store, leads)}
    assert len(set(leads)) == sizes.singles + WARM_UP
    assert all(figure.value > 0 and figure.unit == "ms" for figure in figures.values())
    assert figures["one_lead_features_median"].goal == 20
    assert figures["one_lead_features_median"].value <= figures["one_lead_features_p95"].value
    assert figures["one_lead_read_median"].value < figures["one_lead_read_and_features_p95"].value
