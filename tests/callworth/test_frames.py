from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from callworth.frames import require_frame_path, write_frame
from data.errors import BadInput, EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

FRAME = pd.DataFrame({"lead_id": ["å"], "probability": [0.25]})


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    for name, read in (("x.csv", pd.read_csv), ("x.parquet", pd.read_parquet)):
        write_frame(FRAME, tmp_path / name)
        pd.testing.assert_frame_equal(read(tmp_path / name), FRAME)


@pytest.mark.parametrize(("name", "says"), [("x.txt", "neither .parquet nor .csv"), ("no/x.csv", "no folder")])
def test_a_place_that_takes_no_frame_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        require_frame_path(tmp_path / name)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(EnvironmentFault, match="name another place"):
        write_frame(FRAME, tmp_path / "x.csv")
