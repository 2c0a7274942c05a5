"""Sizes at which a benchmark shows that it runs, and a folder in which the simulated operation is kept."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from training.model import boosting, relative

CHECKOUT = str(Path(__file__).parents[2])
if CHECKOUT not in sys.path:  # benchmarks are run from the checkout and belong to no installed package
    sys.path.insert(0, CHECKOUT)

if TYPE_CHECKING:
    from benchmarks import Sizes
    from data.frames import Tables


@pytest.fixture(scope="session")
def sizes() -> Sizes:
    """As small as a model allows."""
    from benchmarks import Sizes

    return Sizes(many_leads=2_000, leads=2_000, months=24, singles=3, repetitions=1, trainings=1, installs=False)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all tests of benchmarks, so that the operation is simulated once."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="session")
def operation(workshop: Path, sizes: Sizes) -> Tables:
    """The simulated operation."""
    from benchmarks.history import load_tables

    return load_tables(workshop, sizes.leads, sizes.months, lambda _: None)


@pytest.fixture
def _few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models of few trees: what is tested is the measuring."""
    for name, capacity in {"SMALL": boosting.SMALL, "LARGE": boosting.LARGE}.items():
        monkeypatch.setattr(boosting, name, replace(capacity, leaves=4, least=4, most=8, patience=2))
    for name, growth in {"FEW": relative.FEW, "SOME": relative.SOME}.items():
        monkeypatch.setattr(relative, name, replace(growth, trees=8))
