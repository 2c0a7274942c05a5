"""The monthly check, from tables to verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.errors import BadInput
from monitoring import Limits, check_month

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH = "2026-03"
MONTH_END = datetime(2026, 4, 1, tzinfo=UTC)


def test_a_month_like_the_year_before_is_healthy(world: Any) -> None:
    check = check_month(world.tables, world.artefact, MONTH, MONTH_END)
    assert (check.verdict, check.scores, check.leads, check.compared) == ("healthy", 400, 400, 400)
    assert sum(check.outcomes.values()) == 400
    assert check.outcomes["open"] > 100
    assert [column.name for column in check.columns if column.drifted] == ["month"]
    assert any("no promise of 90 days can be judged yet" in note for note in check.notes)


def test_planted_drift_is_found_and_named(build_world: Callable[..., Any]) -> None:
    bigger = build_world(seed=3, size=1.0)
    check = check_month(bigger.tables, bigger.artefact, MONTH, MONTH_END)
    assert check.verdict == "watch"
    assert any("1 of" in reason and "attribute_size (mean score +" in reason for reason in check.reasons)
    assert any(reason.startswith("the mean score went from") for reason in check.reasons)
    assert check.mean_scores[1] > 1.3 * check.mean_scores[0]


def test_promises_are_judged_when_their_time_has_passed(world: Any) -> None:
    check = check_month(world.tables, world.artefact, MONTH, MONTH_END + timedelta(days=91))
    (promise,) = check.promises
    assert (promise.horizon_days, promise.scores, promise.current) == (90, 400, True)
    assert 0.8 < promise.ratio < 1.25
    assert any("leads scored in 2026-03" in reason for reason in check.reasons)


def test_a_model_that_promises_too_much_is_to_be_retrained(world: Any, log_scores: Callable[..., Any]) -> None:
    scores = world.tables["scores"].to_pandas().rename(columns={"occurred_at": "as_of"})
    loud = scores.assign(probability_90_days=0.9, probability_180_days=0.95)
    tables = world.tables | {"scores": log_scores(loud)}
    check = check_month(tables, world.artefact, MONTH, MONTH_END + timedelta(days=91))
    assert check.verdict == "retrain"
    assert "where 360.0 were promised" in check.reasons[0]


def test_later_rows_change_nothing(world: Any) -> None:
    early = {
        name: table.filter(pd.Series(table["occurred_at"].to_pandas() < MONTH_END).to_numpy())
        for name, table in world.tables.items()
    }
    known = check_month(early, world.artefact, MONTH, MONTH_END)
    assert known.reasons == check_month(world.tables, world.artefact, MONTH, MONTH_END).reasons


def test_no_scores_is_an_error(world: Any) -> None:
    with pytest.raises(BadInput, match=r"no scores were logged in 2026-02; months with scores are 2026-03\."):
        check_month(world.tables, world.artefact, "2026-02", MONTH_END)
    with pytest.raises(BadInput, match="YYYY-MM"):
        check_month(world.tables, world.artefact, "March", MONTH_END)


def test_erased_leads_are_left_out_and_counted(world: Any) -> None:
    leads = world.tables["leads"]
    kept = leads.filter(pd.Series(~leads["lead_id"].to_pandas().isin(["new-0", "new-1"])).to_numpy())
    check = check_month(world.tables | {"leads": kept}, world.artefact, MONTH, MONTH_END)
    assert check.leads == 398
    assert any(note.startswith("2 scored leads are no longer in the store") for note in check.notes)
    with pytest.raises(BadInput, match="none of the 400 leads"):
        check_month(world.tables | {"leads": leads.slice(0, 0)}, world.artefact, MONTH, MONTH_END)


def test_scores_of_another_version_are_given_anew(world: Any, log_scores: Callable[..., Any]) -> None:
    scores = world.tables["scores"].to_pandas().rename(columns={"occurred_at": "as_of"})
    foreign = world.tables | {"scores": log_scores(scores.assign(probability=0.99), version="0")}
    check = check_month(foreign, world.artefact, MONTH, MONTH_END)
    assert check.mean_scores == pytest.approx(check_month(world.tables, world.artefact, MONTH, MONTH_END).mean_scores)
    assert any("400 leads had their score from another model version" in note for note in check.notes)


def test_a_reference_without_questions_never_asks_for_a_new_model(build_world: Callable[..., Any]) -> None:
    bigger = build_world(seed=3, size=3.0)
    artefact = replace(bigger.artefact, reference=bigger.artefact.reference.drop(columns="question"))
    strict = Limits(columns_far=0.0)
    assert check_month(bigger.tables, bigger.artefact, MONTH, MONTH_END, limits=strict).verdict == "retrain"
    check = check_month(bigger.tables, artefact, MONTH, MONTH_END, limits=strict)
    assert check.verdict == "watch"
    assert any("drift is overstated" in note for note in check.notes)


def test_large_months_are_sampled_and_say_so(world: Any) -> None:
    few = Limits(rows=100)
    check = check_month(world.tables, world.artefact, MONTH, MONTH_END, limits=few)
    assert (check.leads, check.compared) == (400, 100)
    assert any(note.startswith("100 of 400 leads were drawn") for note in check.notes)
    assert check.columns == check_month(world.tables, world.artefact, MONTH, MONTH_END, limits=few).columns
