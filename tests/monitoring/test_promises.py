"""Promises and outcomes, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf, log, sqrt

import pandas as pd
import pytest

from monitoring.promises import Promise, judge_promises

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def moments(texts: list[str | None]) -> pd.Series:
    return pd.Series(pd.to_datetime(texts, utc=True)).astype("datetime64[us, UTC]")


def judge(
    scores: list[tuple[str, str, float]],
    outcomes: list[tuple[str, str, str | None]],
    version: str = "1",
    lookback: int = 184,
) -> tuple[Promise, ...]:
    given = pd.DataFrame(scores, columns=["lead_id", "as_of", "probability_90_days"])
    given["as_of"] = moments(given["as_of"].tolist())
    given = given.assign(probability_180_days=float("nan"), model_version=version)
    given["month"] = given["as_of"].dt.strftime("%Y-%m")
    became = pd.DataFrame(outcomes, columns=["lead_id", "outcome", "closed_at"])
    became["closed_at"] = moments(became["closed_at"].tolist())
    return judge_promises(given, became, "1", AS_OF, lookback)


def test_a_promise_by_hand() -> None:
    scores = [("a", "2026-03-01", 0.6), ("b", "2026-03-01", 0.3), ("c", "2026-03-02", 0.2), ("d", "2026-03-02", 0.5)]
    outcomes = [
        ("a", "won", "2026-05-01"),
        ("b", "lost", "2026-03-10"),
        ("c", "open", None),
        ("d", "won", "2026-06-20"),
    ]
    (found,) = judge(scores, outcomes)
    # d was won after 110 days: not within 90. c is open, and its 90 days have passed.
    assert (found.scores, found.leads, found.won, found.won_leads) == (4, 4, 1, 1)
    assert found.promised == pytest.approx(1.6)
    assert found.ratio == pytest.approx(1.6)
    assert found.auc == 1.0
    assert found.log_loss == pytest.approx(-(log(0.6) + log(0.7) + log(0.8) + log(0.5)) / 4)
    assert found.log_loss_constant == pytest.approx(-(log(0.25) + 3 * log(0.75)) / 4)
    assert found.standard_error == pytest.approx(sqrt(0.4**2 + 0.3**2 + 0.2**2 + 0.5**2))
    assert (found.months, found.current) == (("2026-03",), True)


@pytest.mark.parametrize(
    ("scored", "judged"),
    [("2026-04-02", True), ("2026-04-03", False), ("2025-10-01", True), ("2025-09-29", False)],
)
def test_only_scores_whose_time_has_passed_lately(scored: str, judged: bool) -> None:
    # 90 days before 1 July is 2 April; 184 days before that is 30 September.
    assert len(judge([("a", scored, 0.5)], [("a", "won", "2026-06-30")])) == int(judged)


def test_an_open_lead_is_not_lost_before_its_time() -> None:
    young, old = ("young", "2026-06-01", 0.5), ("old", "2026-03-01", 0.5)
    (found,) = judge([young, old], [("young", "open", None), ("old", "open", None)])
    assert (found.scores, found.won, found.ratio) == (1, 0, inf)


def test_scores_of_one_lead_count_as_one_case_in_the_error() -> None:
    scores = [("a", "2026-02-01", 0.5), ("a", "2026-03-01", 0.5)]
    (found,) = judge(scores, [("a", "open", None)])
    assert (found.scores, found.leads) == (2, 1)
    assert found.standard_error == pytest.approx(1.0)


def test_versions_are_judged_apart() -> None:
    (found,) = judge([("a", "2026-03-01", 0.5)], [("a", "open", None)], version="0")
    assert not found.current


def test_leads_that_are_gone_are_left_out() -> None:
    assert judge([("erased", "2026-03-01", 0.5)], [("other", "open", None)]) == ()


def test_groups_of_the_picture_hold_every_score() -> None:
    scores = [(str(lead), "2026-03-01", (lead + 1) / 200) for lead in range(100)]
    outcomes = [
        (str(lead), "won" if lead >= 90 else "open", "2026-03-20" if lead >= 90 else None) for lead in range(100)
    ]
    (found,) = judge(scores, outcomes)
    assert sum(count for _, _, count in found.bins) == 100
    assert sum(share * count for _, share, count in found.bins) == pytest.approx(10)
    assert sum(mean * count for mean, _, count in found.bins) == pytest.approx(found.promised)
