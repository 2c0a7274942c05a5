"""The verdict and its sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitoring.columns import ColumnDrift
from monitoring.limits import Limits
from monitoring.promises import Promise
from monitoring.verdict import Finding, describe_promise, find_worst, judge_drift, judge_promises

LIMITS = Limits()
SCORE = ColumnDrift("probability", "number", 0.05, 0.1, 0, 0, drifted=False)
PROMISE = Promise(
    horizon_days=90,
    months=("2026-03",),
    current=True,
    scores=812,
    leads=812,
    promised=31.5,
    won=24,
    won_leads=24,
    standard_error=5.0,
    auc=0.75,
    log_loss=0.10,
    log_loss_constant=0.13,
    bins=((0.04, 0.03, 812),),
)


def column(name: str, effect: float | None = None) -> ColumnDrift:
    return ColumnDrift(name, "number", 0.3 if effect is not None else 0.01, 0.1, 0, 0, effect is not None, effect)


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [([], "healthy"), (["healthy", "watch"], "watch"), (["watch", "retrain", "healthy"], "retrain")],
)
def test_the_worst_finding_decides(verdicts: list[str], worst: str) -> None:
    assert find_worst([Finding(verdict, "") for verdict in verdicts]) == worst  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effects", "distance", "verdict"),
    [
        ([None, None, None, None], 0.05, "healthy"),
        ([0.05, None, None, None], 0.05, "healthy"),
        ([-0.15, None, None, None], 0.05, "watch"),
        ([None, None, None, None], 0.25, "watch"),
        ([0.05, None, None, None], 0.6, "watch"),
        ([0.05, 0.05, None, None], 0.6, "retrain"),
    ],
)
def test_drift(effects: list[float | None], distance: float, verdict: str) -> None:
    columns = [replace(SCORE, distance=distance), *(column(f"c{i}", effect) for i, effect in enumerate(effects))]
    assert find_worst(judge_drift(columns, (0.04, 0.03), 500, LIMITS, alike=True)) == verdict


def test_drift_in_sentences() -> None:
    columns = [SCORE, column("calls", -0.31), column("employees"), column("month", 0.5)]
    drift, score = judge_drift(columns, (0.041, 0.029), 500, LIMITS, alike=True)
    assert drift.text == "1 of 2 columns has drifted: calls (mean score -31 %)"
    assert score.text == "the mean score went from 4.1 % in training to 2.9 % (distance 0.05)"


def test_a_column_that_lost_its_values_says_so() -> None:
    lost = replace(column("calls", 0.0), missing_reference=0.02, missing_month=0.6)
    drift, _ = judge_drift([SCORE, lost], (0.04, 0.04), 500, LIMITS, alike=True)
    assert "calls (missing 2 → 60 %)" in drift.text


def test_drift_between_other_questions_is_watched_at_most() -> None:
    columns = [replace(SCORE, distance=0.9), column("calls", 0.5)]
    assert find_worst(judge_drift(columns, (0.04, 0.2), 500, LIMITS, alike=False)) == "watch"


def test_a_score_within_chance_has_not_drifted() -> None:
    columns = [replace(SCORE, distance=0.4, limit=0.5), column("calls")]
    assert find_worst(judge_drift(columns, (0.04, 0.05), 60, LIMITS, alike=True)) == "healthy"


def test_too_few_leads_are_watched() -> None:
    (finding,) = judge_drift([SCORE], (0.04, 0.04), 49, LIMITS, alike=True)
    assert finding.verdict == "watch"
    assert "only 49 leads" in finding.text


def test_a_promise_in_a_sentence() -> None:
    assert describe_promise(PROMISE) == (
        "of 812 leads scored in 2026-03 24 won within 90 days where 31.5 were promised (ratio 1.31)"
    )


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "healthy"),  # 7.5 too many promised is 1.5 standard errors
        ({"standard_error": 3.0}, "watch"),
        ({"promised": 48.0, "standard_error": 5.0}, "retrain"),
        ({"promised": 12.0, "standard_error": 5.0}, "retrain"),
        ({"promised": 48.0, "current": False}, "watch"),
        ({"promised": 45.0, "won": 0, "won_leads": 0, "auc": float("nan")}, "retrain"),
        ({"promised": 9.0, "won": 3, "won_leads": 3, "standard_error": 1.0}, "healthy"),
        ({"auc": 0.58}, "watch"),
        ({"auc": 0.5}, "retrain"),
        ({"auc": 0.5, "current": False}, "watch"),
        ({"log_loss": 0.14}, "watch"),
    ],
)
def test_promises(change: dict[str, object], verdict: str) -> None:
    assert find_worst(judge_promises([replace(PROMISE, **change)], LIMITS)) == verdict  # type: ignore[arg-type]
