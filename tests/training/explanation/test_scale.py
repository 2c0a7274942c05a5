"""The score for people: its percentiles, and that it keeps their order."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.artefact import read_artefact, write_artefact
from training.explanation.scale import fit_scale, scale_reference

if TYPE_CHECKING:
    from pathlib import Path

    from training import Artefact

PROBABILITY = st.floats(0, 1)


@pytest.mark.parametrize(
    ("probability", "score"),
    [
        (0.0, 1),
        (0.0005, 1),  # above none of them: never 0
        (0.5, 49),  # 499 of 1,000 are below
        (0.5001, 50),  # 500 are
        (0.9, 89),
        (0.9001, 90),
        (0.99, 98),
        (1.0, 99),  # above all of them: never 100
    ],
)
def test_ninety_is_better_than_ninety_per_cent(probability: float, score: int) -> None:
    reference = np.arange(1, 1_001)[::-1] / 1_000
    assert fit_scale(reference).score([probability]).tolist() == [score]


def test_equal_probabilities_are_no_better_than_each_other() -> None:
    scale = fit_scale([0.2] * 60 + [0.3] * 40)
    assert scale.score([0.1, 0.2, 0.25, 0.3, 0.4]).tolist() == [1, 1, 60, 60, 99]


@given(st.lists(PROBABILITY, min_size=1, max_size=300), st.lists(PROBABILITY, min_size=1, max_size=20))
def test_it_is_the_share_below_and_rises_with_the_probability(reference: list[float], asked: list[float]) -> None:
    scale = fit_scale(reference)
    asked.sort()
    scores = scale.score(asked).tolist()
    assert scores == sorted(scores)
    below = [100 * sum(one < probability for one in reference) // len(reference) for probability in asked]
    assert scores == [min(max(share, 1), 99) for share in below]


@pytest.mark.parametrize(("count", "score"), [(100, 50), (99, 24)])
def test_it_is_that_of_open_leads_where_these_are_enough(count: int, score: int) -> None:
    opened = [0.2, 0.4] * (count // 2) + [0.4] * (count % 2)  # 0.3 is above half of the open leads
    reference = pd.DataFrame({"probability": opened + [0.9] * 100, "question": ["pipeline"] * count + ["list"] * 100})
    assert scale_reference(reference).score([0.3]).tolist() == [score]  # of all 199: above 49


def test_the_artefact_keeps_it_and_one_registered_without_it_has_the_same(artefact: Artefact, tmp_path: Path) -> None:
    assert len(artefact.scale.thresholds) == 99
    assert artefact.scale == scale_reference(artefact.reference)
    assert read_artefact(tmp_path, write_artefact(artefact, tmp_path), "1").scale == artefact.scale
    (tmp_path / "scale.json").unlink()
    (tmp_path / "manifest.json").unlink()
    digest = _write_manifest(tmp_path)
    assert read_artefact(tmp_path, digest, "1").scale == artefact.scale


def _write_manifest(folder: Path) -> str:
    hashes = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    (folder / "manifest.json").write_text(json.dumps(hashes))
    return sha256((folder / "manifest.json").read_bytes()).hexdigest()
