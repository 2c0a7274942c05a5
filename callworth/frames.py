"""Frames written to files for a notebook or a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadInput, tell_unwritable

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
    """Write a frame without its index, in the format that the path's ending says.

    Raises:
        BadInput: the path is not one, see :func:`require_frame_path`.
        EnvironmentFault: it cannot be written there.
    """
    require_frame_path(path)
    with tell_unwritable(path):
        frame.to_parquet(path, index=False) if path.suffix == ".parquet" else frame.to_csv(path, index=False)
