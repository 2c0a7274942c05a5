"""Exports that come in month by month: attributes that change as leads are closed, and some that change anyway."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.frames import to_arrow

if TYPE_CHECKING:
    from data.frames import Tables

HONEST, LEAKING = ("reviewed", "corrected"), ("owner", "decided_by", "probability")
"""Attributes that change as often while leads are open, and those that change as leads are closed."""


@dataclass(frozen=True)
class Change:
    """What an export of a month says of leads.

    Attributes:
        after_closing: share of the leads whose attribute changes at the first export after their closing.
        monthly: share of the open leads whose attribute changes at each export.
    """

    after_closing: float
    monthly: float = 0.0


CHANGES = {
    "reviewed": Change(0.5, 0.5),
    "corrected": Change(0.03, 0.03),
    "owner": Change(0.95),
    "decided_by": Change(0.5, 0.01),
    "probability": Change(0.9, 0.05),
}
"""What the exports say of each attribute."""


def plant_changes(tables: Tables, lives: pd.DataFrame, end: pd.Timestamp, seed: int) -> Tables:
    """The same leads, with attributes that later exports changed: a version for each change.

    Args:
        tables: contract tables, with one version of each lead.
        lives: ``lead_id``, ``created_at`` and ``closed_at`` of each lead.
        end: of the history.
        seed: of the draw.
    """
    generator = np.random.default_rng(seed)
    leads = tables["leads"].to_pandas().merge(lives[["lead_id", "created_at", "closed_at"]], on="lead_id")
    held = {name: np.zeros(len(leads), dtype=int) for name in CHANGES}
    versions = [leads.assign(attributes=_write(held))]
    exports = pd.date_range(leads["created_at"].min(), end, freq="MS", normalize=True)
    for before, now in pairwise(exports):
        is_open = ((leads["created_at"] < now) & ~(leads["closed_at"] < now)).to_numpy()
        closing = ((leads["closed_at"] >= before) & (leads["closed_at"] < now)).to_numpy()
        differs = np.zeros(len(leads), dtype=bool)
        for name, change in CHANGES.items():
            share = np.where(is_open, change.monthly, np.where(closing, change.after_closing, 0.0))
            changed = generator.random(len(leads)) < share
            held[name] = held[name] + changed
            differs |= changed
        versions.append(leads[differs].assign(attributes=_write(held)[differs], known_at=now))
    every = pd.concat(versions, ignore_index=True).sort_values(["lead_id", "known_at"], kind="stable")
    every["superseded_at"] = every.groupby("lead_id")["known_at"].shift(-1)
    return {**tables, "leads": to_arrow("leads", every.drop(columns=["created_at", "closed_at"]))}


def _write(held: dict[str, np.ndarray]) -> np.ndarray:
    rows = zip(*(values.tolist() for values in held.values()), strict=True)
    return np.array([json.dumps(dict(zip(held, row, strict=True))) for row in rows], dtype=object)
