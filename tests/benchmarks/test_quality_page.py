from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__
from benchmarks.quality_bootstrap import find_leads
from benchmarks.quality_figures import compare_regrets, list_leads, list_measures, list_world_measures
from benchmarks.quality_judged import Judged
from benchmarks.quality_page import BEGIN, END, PAGE, fill_page
from benchmarks.quality_sizes import SCENARIOS
from benchmarks.quality_worlds import METHODS


@pytest.fixture
def results() -> dict[str, Any]:
    judged = Judged(np.tile([1, 0], 20), np.repeat([0, 1], 20), np.zeros(40, int))
    said = {"callworth": np.full(40, 0.4), "flaml": np.tile([0.6, 0.3], 20)}
    figures = list_measures("bank-additional", judged, said)
    figures += list_leads("bank-additional", find_leads(judged, said["callworth"], {"flaml": said["flaml"]}, 20))
    worlds = np.full((3, len(METHODS), 2, 2), 0.25)
    for scenario in SCENARIOS:
        figures += list_world_measures(scenario, worlds) + list_leads(scenario, compare_regrets(worlds))
    rows = [figure.to_row() for figure in figures]
    return {"command": "measure it", "at": "2026-11-24", "versions": {"catboost": "1.2.10"}, "figures": rows}


def test_tables_stand_between_the_marks_and_the_words_around_them_stay(results: dict[str, Any]) -> None:
    page = fill_page(f"Before.\n{BEGIN}old\n{END}After.\n", results)
    assert page.startswith("Before.\n")
    assert page.endswith("After.\n")
    assert "old" not in page
    assert fill_page(page, results) == page
    lines = page.splitlines()
    assert "Measured by `measure it` at 2026-11-24, with catboost 1.2.10." in lines
    assert "| **callworth** | 0.500 | 0.500 |" in page
    assert "| AUC | flaml | 0.500 | 0.500 to 0.500 | **yes, by 0.500** |" in lines
    assert "| bank-additional: callworth: auc | 0.500 | ≥ 0.8 |" in lines  # a miss
    assert "| **callworth** | 0.250 | 0.250 | 0.250 | 0.250 |" in lines


def test_a_peer_that_learns_seldom_is_marked(results: dict[str, Any]) -> None:
    assert "| FLAML's AutoML, a minute a search (20 seconds below 1,000 rows) ¹ |" in fill_page(
        f"{BEGIN}{END}¹ seldom", results
    )


def test_the_page_tells_the_results_that_are_kept() -> None:
    kept, page = __main__.RESULTS / "quality.json", PAGE.read_text(encoding="utf-8")
    if not kept.exists():
        assert f"{BEGIN}Not measured yet: `make quality` writes the tables.\n{END}" in page
        return
    assert page == fill_page(page, json.loads(kept.read_text(encoding="utf-8"))), "write docs/quality.md anew"
