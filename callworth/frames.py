"""Frames written to files for a notebook or a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadInput, tell_unwritable
from data.imports.formats import guard_text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

ENDINGS = (".parquet", ".csv")


def require_frame_path(path: Path) -> None:
    """Refuse a place to which no frame can be written, before anything is computed for it.

    Raises:
        BadInput: it ends with neither .parquet nor .csv, or its folder is not there.
    """
    if path.suffix not in ENDINGS:
        raise BadInput(f"'{path}' ends with neither .parquet nor .csv; choose one of them.")
    if not path.parent.is_dir():
        raise BadInput(f"'{path}' cannot be written (there is no folder '{path.parent}'); make it, or choose another.")


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame without its index, in the format that the path's ending says; no text in CSV is a live formula.

    Raises:
        BadInput: the path is not one, see :func:`require_frame_path`.
        EnvironmentFault: it cannot be written there.
    """
    require_frame_path(path)
    with tell_unwritable(path):
        frame.to_parquet(path, index=False) if path.suffix == ".parquet" else guard(frame).to_csv(path, index=False)


def guard(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before each text, and each name of a column, that a spreadsheet would run."""
    texts = frame.select_dtypes(["object", "string", "category"])
    guarded: dict[str, pd.Series] = {
        str(name): column.astype("object").map(_guard_value) for name, column in texts.items()
    }
    return frame.assign(**guarded).rename(columns=guard_text)


def _guard_value(value: object) -> object:
    return guard_text(value) if isinstance(value, str) else value
