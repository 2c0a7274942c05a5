"""What callworth and its peers say about every judged row of a set."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.peers import Rows
from benchmarks.quality_parts import digest_array, digest_sources, keep_part
from benchmarks.record import read_packages
from training import backtest_rows
from training.fitting import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.peers import Peer
    from benchmarks.quality_sets import FlatSet, Fold

OURS = "callworth"
ROOMS = ("data", "features", "training")
LIBRARIES = ("lightgbm", "numpy", "pandas", "scikit-learn", "scipy")
PEER_SEED = 1


def predict_ours(flat: FlatSet, parts: Path) -> NDArray[np.float64]:
    """The probabilities of the product's own backtest (m,).

    Args:
        flat: the set.
        parts: where they are kept.
    """
    inputs = _describe(flat, flat.folds) | {"method": OURS, "rooms": digest_sources(*ROOMS)}
    return keep_part(parts, inputs | {"versions": read_packages(LIBRARIES)}, partial(_backtest, flat))


def predict_peer(flat: FlatSet, peer: Peer, parts: Path) -> NDArray[np.float64]:
    """The probabilities of a peer that learns from the same rows (m,); each fit is kept by itself."""
    depends = {"method": peer.name, "seed": PEER_SEED, "peers": digest_sources("benchmarks/peers")}
    depends |= {"versions": read_packages((peer.package or "numpy", *LIBRARIES))}
    said = [
        keep_part(parts, _describe(flat, folds) | depends, partial(_fit_once, flat, peer, folds))
        for folds in group_folds(flat.folds, 0 if flat.order == "none" else peer.refit_rows)
    ]
    return np.concatenate(said)


def group_folds(folds: Sequence[Fold], refit_rows: int) -> Iterator[list[Fold]]:
    """The folds that one fit serves: by time until so many rows were judged; each its own where ``refit_rows`` is 0."""
    judged = np.cumsum([0, *(len(fold.test) for fold in folds)])
    fits = [int(before) // refit_rows if refit_rows else place for place, before in enumerate(judged[:-1])]
    for _, group in groupby(range(len(folds)), key=fits.__getitem__):
        yield [folds[place] for place in group]


def _fit_once(flat: FlatSet, peer: Peer, folds: Sequence[Fold]) -> NDArray[np.float64]:
    learned = folds[0].train
    rows = Rows(flat.frame.iloc[learned], flat.won[learned], np.ones(len(learned)), flat.order != "none")
    with threadpool_limits(1):  # as in a process of its own
        predict = peer.fit(rows, PEER_SEED)
        return np.concatenate([np.asarray(predict(flat.frame.iloc[fold.test]), float) for fold in folds])


def _backtest(flat: FlatSet) -> NDArray[np.float64]:
    said = []
    for repetition in sorted({fold.repetition for fold in flat.folds}):
        result = backtest_rows(flat.tables, flat.lead_ids, flat.order, flat.plan, seed=SEED + repetition)
        folds = [fold for fold in flat.folds if fold.repetition == repetition]
        rows = np.concatenate([fold.test for fold in folds])
        ours = result.predictions.loc[rows]
        asked = flat.questions["lead_id"].iloc[rows]
        steps = np.repeat(np.arange(len(folds)), [len(fold.test) for fold in folds])
        assert np.array_equal(ours["lead_id"], asked), f"{flat.name}: the backtest asks about other rows than its peers"
        assert np.array_equal(ours["step"], steps), f"{flat.name}: the backtest has other steps than its peers"
        said.append(ours["probability"].to_numpy(float))
    return np.concatenate(said)


def _describe(flat: FlatSet, folds: Sequence[Fold]) -> dict[str, object]:
    """What was learned from and asked, by digest."""
    train = digest_array(np.concatenate([fold.train for fold in folds]))
    test = digest_array(np.concatenate([fold.test for fold in folds]))
    return {"set": flat.name, "frame": flat.digest, "train": train, "test": test}
