from __future__ import annotations

import math

import pandas as pd
import pytest

from training.backtest.course import follow_steps


def test_each_step_is_measured_by_itself() -> None:
    moments = pd.to_datetime(["2026-01-02", "2026-01-01", "2026-02-01", "2026-02-02"], utc=True)
    first, second = follow_steps(
        pd.DataFrame({"step": [0, 0, 1, 1], "as_of": moments, "probability": [0.8, 0.4, 0.2, 0.2], "won": [1, 0, 0, 0]})
    )
    assert (first.step, first.leads, first.wins, first.base_rate) == (0, 2, 1, 0.5)
    assert first.first == pd.Timestamp("2026-01-01", tz="UTC")
    assert first.auc == 1.0
    assert first.calibration_ratio == pytest.approx(1.2)
    assert first.log_loss == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)
    assert first.base_log_loss == pytest.approx(math.log(2))
    assert math.isnan(second.auc)  # no win: not defined
    assert math.isnan(second.calibration_ratio)
    assert second.base_log_loss == 0.0
