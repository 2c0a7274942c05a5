"""Every peer that is installed learns a plain rule, and says how to do without what it has not seen."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from benchmarks.peers import PEERS, Peer, Rows, find_missing, listing, networks
from benchmarks.peers.automl import fit_automl
from benchmarks.peers.linear import fit_logistic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLIND = ("recent_rate", "random")


def make_rows(count: int, seed: int) -> tuple[pd.DataFrame, NDArray[np.int_]]:
    """Large ones of kind a are won at 90 %, others at 10 %; some sizes are missing and say nothing."""
    chance = np.random.default_rng(seed)
    size, kind = chance.uniform(0, 10, count), chance.choice(["a", "b"], count)
    likely = np.where((size > 5) & (kind == "a"), 0.9, 0.1)
    frame = pd.DataFrame({"size": np.where(chance.uniform(size=count) < 0.05, np.nan, size), "kind": kind})
    return frame, (chance.uniform(size=count) < likely).astype(int)


@pytest.fixture(scope="module")
def rows() -> Rows:
    frame, won = make_rows(400, 1)
    return Rows(frame, won, np.ones(400), ordered=True)


@pytest.fixture(autouse=True)
def _one_small_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(networks, "NETWORKS", 2)
    monkeypatch.setattr(networks, "HIDDEN_NODES", (2, 4))
    with threadpool_limits(1):
        yield


@pytest.mark.parametrize("peer", [peer for peer in PEERS if peer.name != "flaml"], ids=lambda peer: peer.name)
def test_a_peer_finds_who_is_won(peer: Peer, rows: Rows) -> None:
    if not peer.installed:
        pytest.skip(f"{peer.package} is not installed here; make peers gets it")
    frame, won = make_rows(1_000, 2)
    asked = pd.concat([frame, pd.DataFrame({"size": [np.nan], "kind": ["new"]})], ignore_index=True)
    said = peer.fit(rows, 1)(asked)
    assert said.shape == (1_001,)
    assert ((said >= 0) & (said <= 1)).all()
    if peer.name not in BLIND:
        assert roc_auc_score(won, said[:-1]) > 0.75
    assert np.array_equal(said, peer.fit(rows, 1)(asked))


def test_automl_finds_who_is_won_in_a_second(rows: Rows) -> None:
    pytest.importorskip("flaml", reason="flaml is not installed here; make peers gets it")
    frame, won = make_rows(1_000, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert roc_auc_score(won, fit_automl(rows, 1, seconds=1.0)(frame)) > 0.7


def test_a_peer_without_its_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Peer("there", "", fit_logistic, "numpy")
    ours = Peer("ours", "", fit_logistic)
    absent = Peer("absent", "", fit_logistic, "no-such-package")
    monkeypatch.setattr(listing, "PEERS", (there, absent, ours))
    assert find_missing() == ("no-such-package",)
    assert [peer.installed for peer in (there, ours, absent)] == [True, True, False]
    assert there.version == np.__version__
    assert absent.version is None
