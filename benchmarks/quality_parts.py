"""Parts of a long measurement that are kept under what they depend on, so that a run that ended early goes on."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "benchmarks" / ".parts"
"""Where a full run keeps its parts; it may be deleted at any time."""


def keep_part(
    folder: Path, inputs: Mapping[str, object], compute: Callable[[], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """What was computed for these inputs before, or what is computed now.

    Args:
        folder: where parts are kept; one is written whole or not at all.
        inputs: all that the part depends on, as JSON can have it.
        compute: gives the part.
    """
    name = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:32]
    path = folder / f"{name}.npy"
    if path.exists():
        return np.load(path)
    part = compute()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{name}.{os.getpid()}.tmp"
    with unfinished.open("wb") as file:
        np.save(file, part)
    unfinished.replace(path)
    return part


def digest_frame(frame: pd.DataFrame) -> str:
    """A digest of a frame's columns and values."""
    values = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return hashlib.sha256(json.dumps([*map(str, frame.columns)]).encode() + values.tobytes()).hexdigest()


def digest_array(values: NDArray[np.int_]) -> str:
    """A digest of an array of whole numbers."""
    return hashlib.sha256(np.ascontiguousarray(values, dtype="<i8").tobytes()).hexdigest()


def digest_sources(*folders: str) -> str:
    """A digest of the sources of some folders of the checkout: what is computed with them changes with it."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
