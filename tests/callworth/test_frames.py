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


def test_no_text_in_csv_runs_as_a_formula(tmp_path: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "-2", "+45 33", "a", None]
    frame = pd.DataFrame({"lead_id": texts, "@kind": pd.Categorical(texts), "probability": [-0.5] * 5})
    write_frame(frame, tmp_path / "x.csv")
    guarded = ["'=cmd|' /C calc'!A0", "-2", "'+45 33", "a", ""]
    read = pd.read_csv(tmp_path / "x.csv", dtype="str", keep_default_na=False)
    assert read.to_dict("list") == {"lead_id": guarded, "'@kind": guarded, "probability": ["-0.5"] * 5}
    write_frame(frame, tmp_path / "x.parquet")
    assert pd.read_parquet(tmp_path / "x.parquet")["lead_id"].tolist()[:4] == texts[:4]


@pytest.mark.parametrize(("name", "says"), [("x.txt", "neither .parquet nor .csv"), ("no/x.csv", "no folder")])
def test_a_place_that_takes_no_frame_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        require_frame_path(tmp_path / name)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(EnvironmentFault, match="name another place"):
        write_frame(FRAME, tmp_path / "x.csv")
