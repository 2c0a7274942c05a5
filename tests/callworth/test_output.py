from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from callworth.output import print_json, print_table, show_progress

if TYPE_CHECKING:
    import pytest


def test_json_writes_every_moment_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    moment = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    copenhagen = moment.astimezone(timezone(timedelta(hours=2)))
    print_json({"a": moment, "b": [pd.Timestamp(moment), copenhagen], "c": pd.NaT, "d": date(2026, 5, 1)})
    assert json.loads(capsys.readouterr().out) == {
        "a": "2026-05-01T08:00:00+00:00",
        "b": ["2026-05-01T08:00:00+00:00", "2026-05-01T10:00:00+02:00"],
        "c": None,
        "d": "2026-05-01",
    }


def test_json_has_no_number_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": float("nan"), "b": np.int64(3), "c": np.float64("nan"), "d": pd.NA})
    assert json.loads(capsys.readouterr().out) == {"a": None, "b": 3, "c": None, "d": None}


def test_in_a_file_progress_is_a_line_per_step(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress("reading") as update:
        for row in range(100):
            update("scoring", row, 100)
        update("writing", 0, None)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "reading\nscoring\nwriting\n")


def test_a_column_of_shares_stands_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("Leads", ["lead", "share"], [["a", "12.3 %"], ["b", "< 0.1 %"]])
    first, second = (line.rstrip() for line in capsys.readouterr().out.splitlines() if "%" in line)
    assert len(first) == len(second)
