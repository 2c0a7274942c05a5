from __future__ import annotations

from typing import TYPE_CHECKING

from callworth.cadence_table import find_left_out, print_cadences
from training.backtest.cadence_quality import CadenceComparison, CadenceQuality

if TYPE_CHECKING:
    import pytest

NAN = float("nan")


def test_the_table_shows_each_cadence_and_below_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    often = CadenceQuality("weekly", "", 0.75, 0.65, 0.4, 1.05, 52, 61.24, 0.0, 0.0, 0.0)
    never = CadenceQuality("never", "30 days", 0.7, 0.6, 0.41, 1.2, 1, 1.2, 0.01, NAN, NAN)
    print_cadences(CadenceComparison([often, never], "Retrain weekly.", 53, 62.4))
    printed = capsys.readouterr().out
    assert "53 models trained in 62 s" in printed
    rows = [line.split() for line in printed.splitlines()]
    first = ["weekly", "–", "0.750", "0.650", "0.4000", "1.050", "+0.0000", "(+0.0000", "to", "+0.0000)", "52", "61.2"]
    assert first in rows
    assert ["never", "30", "days", "0.700", "0.600", "0.4100", "1.200", "+0.0100", "1", "1.2"] in rows
    assert printed.rstrip().endswith("Retrain weekly.")


def test_what_the_calendar_has_and_the_table_lacks_was_left_out() -> None:
    weekly = CadenceQuality("weekly", "", 0.75, 0.65, 0.4, 1.05, 52, 61.24, 0.0, 0.0, 0.0)
    assert find_left_out(CadenceComparison([weekly], "", 52, 1.0)) == ["daily", "monthly", "quarterly"]
