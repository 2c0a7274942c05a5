"""The table of retraining cadences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callworth.output import EMPTY, format_number, print_table, print_text

if TYPE_CHECKING:
    from training.backtest.cadence_quality import CadenceComparison, CadenceQuality

HEAD = (
    *("retrained", "outcomes late by", "auc", "auc_within", "log_loss", "calibration_ratio"),
    *("log_loss against the most frequent", "trainings", "seconds"),
)


def print_cadences(compared: CadenceComparison) -> None:
    """Print every cadence and, below, what to do."""
    title = f"Retraining cadence: {compared.trainings} models trained in {compared.seconds:.0f} s"
    print_table(title, HEAD, [_write(each) for each in compared.cadences])
    print_text(compared.recommendation)


def find_left_out(compared: CadenceComparison) -> list[str]:
    """The calendar's cadences that were not compared, because they would have trained too many models."""
    from training.backtest.schedule import PERIODS

    named = {each.cadence for each in compared.cadences}
    return [cadence for cadence in PERIODS if cadence not in named]


def _write(each: CadenceQuality) -> list[str]:
    ends = f" ({each.low:+.4f} to {each.high:+.4f})" if each.low == each.low else ""
    measures = [format_number(value, 3) for value in (each.auc, each.auc_within)]
    return [
        each.cadence,
        each.delay or EMPTY,
        *measures,
        format_number(each.log_loss, 4),
        format_number(each.calibration_ratio, 3),
        f"{each.difference:+.4f}{ends}",
        f"{each.trainings:,}",
        format_number(each.seconds, 1),
    ]
