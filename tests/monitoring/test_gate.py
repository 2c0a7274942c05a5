"""The promotion gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import monitoring.gate as gate
from data.frames import to_arrow
from monitoring import GateLimits, judge_challenger
from training import fit_artefact

if TYPE_CHECKING:
    from collections.abc import Callable

    from training import Artefact

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
ORIGIN = AS_OF - timedelta(days=90)


@pytest.fixture(scope="module")
def tables(make_leads: Callable[..., Any]) -> dict[str, Any]:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return {name: to_arrow(name, frame) for name, frame in make_leads("old-", 2_500, start, 400, seed=1).items()}


@pytest.fixture(scope="module")
def rehearsal(tables: dict[str, Any]) -> Artefact:
    """What the recipe gives at the origin."""
    return fit_artefact(tables, ORIGIN)


def shift_level(artefact: Artefact, by: float) -> Artefact:
    return replace(artefact, model=replace(artefact.model, level=artefact.model.level + by))


def rehearse_with(monkeypatch: pytest.MonkeyPatch, artefact: Artefact) -> None:
    monkeypatch.setattr(gate, "fit_artefact", lambda *_, **__: artefact)


def test_a_sound_first_model_passes_and_always_alike(tables: dict[str, Any], world: Any) -> None:
    verdict = judge_challenger(tables, world.artefact, None, AS_OF)
    assert verdict.passed
    assert verdict.measures["challenger"]["wins"] >= 20
    assert verdict.measures["challenger"]["auc"] > 0.6
    assert "champion" not in verdict.measures
    assert judge_challenger(tables, world.artefact, None, AS_OF) == verdict


def test_the_holdout_is_the_open_leads_of_the_origin(
    tables: dict[str, Any], world: Any, rehearsal: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse_with(monkeypatch, rehearsal)
    leads = tables["leads"].to_pandas().set_index("lead_id")["occurred_at"]
    deals = tables["deals"].to_pandas().set_index("lead_id")["occurred_at"]
    lost = tables["lead_stages"].to_pandas().set_index("lead_id")["occurred_at"]
    is_open = (leads < ORIGIN) & ~leads.index.isin(deals[deals < ORIGIN].index.union(lost[lost < ORIGIN].index))
    wins = leads.index[is_open].isin(deals[deals < AS_OF].index)
    measures = judge_challenger(tables, world.artefact, None, AS_OF).measures["challenger"]
    assert (measures["n"], measures["wins"]) == (is_open.sum(), wins.sum())


@pytest.mark.parametrize(("shift", "passed"), [(0.0, True), (4.0, False), (-4.0, False)])
def test_promises_must_be_kept(
    tables: dict[str, Any],
    world: Any,
    rehearsal: Artefact,
    monkeypatch: pytest.MonkeyPatch,
    shift: float,
    passed: bool,
) -> None:
    rehearse_with(monkeypatch, shift_level(rehearsal, shift))
    verdict = judge_challenger(tables, world.artefact, None, AS_OF)
    assert verdict.passed is passed
    assert "were promised (ratio" in verdict.reasons[0]


def test_the_rehearsal_keeps_the_columns_that_the_challenger_keeps(
    tables: dict[str, Any], world: Any, rehearsal: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes: list[dict[str, Any]] = []

    def fit(*_: Any, **recipe: Any) -> Artefact:
        recipes.append(recipe)
        return rehearsal

    monkeypatch.setattr(gate, "fit_artefact", fit)
    judge_challenger(tables, replace(world.artefact, facts=world.artefact.facts | {"keep": ["status"]}), None, AS_OF)
    assert [recipe["keep"] for recipe in recipes] == [["status"]]


def test_the_champion_is_judged_on_the_same_leads(
    tables: dict[str, Any], world: Any, rehearsal: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = tables["leads"].to_pandas()
    mixed = leads.assign(attributes=np.random.default_rng(1).permutation(leads["attributes"]))
    rehearse_with(monkeypatch, fit_artefact(tables | {"leads": to_arrow("leads", mixed)}, ORIGIN))
    worse = judge_challenger(tables, world.artefact, rehearsal, AS_OF)
    assert not worse.passed
    assert any("log-loss is worse than the champion's" in reason for reason in worse.reasons)
    rehearse_with(monkeypatch, rehearsal)
    equal = judge_challenger(tables, world.artefact, rehearsal, AS_OF)
    assert equal.passed
    assert equal.measures["log_loss_gap"] == {"mean": 0, "lower": 0, "upper": 0}
    better = judge_challenger(tables, world.artefact, shift_level(rehearsal, 2.0), AS_OF)
    assert better.passed
    assert any("better than the champion's" in reason for reason in better.reasons)


def test_a_champion_that_has_seen_the_outcomes_is_not_compared(
    tables: dict[str, Any], world: Any, rehearsal: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse_with(monkeypatch, rehearsal)
    late = replace(rehearsal, facts=rehearsal.facts | {"as_of": (ORIGIN + timedelta(days=1)).isoformat()})
    verdict = judge_challenger(tables, world.artefact, late, AS_OF)
    assert verdict.passed
    assert "champion" not in verdict.measures
    assert any("was not compared" in reason for reason in verdict.reasons)


def test_a_champion_that_was_trained_later_is_not_replaced_by_the_past(world: Any) -> None:
    champion = replace(world.artefact, version="7", facts={"as_of": (AS_OF + timedelta(days=1)).isoformat()})
    verdict = judge_challenger({}, world.artefact, champion, AS_OF)
    assert not verdict.passed
    assert "version 7, was trained as of 2026-03-02 00:00, and this one as of 2026-03-01 00:00" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("as_of", "story"),
    [
        (datetime(2025, 3, 1, tzinfo=UTC), "no lead was open"),
        (datetime(2025, 4, 20, tzinfo=UTC), "too little data for a model"),
    ],
)
def test_too_little_to_judge_passes_only_without_a_champion(
    tables: dict[str, Any], world: Any, as_of: datetime, story: str
) -> None:
    first = judge_challenger(tables, world.artefact, None, as_of)
    assert (first.passed, story in first.reasons[0]) == (True, True)
    second = judge_challenger(tables, world.artefact, world.artefact, as_of)
    assert (second.passed, story in second.reasons[0]) == (False, True)


@pytest.mark.parametrize(
    ("wins", "promised", "against"),
    [
        (30, 30.0, 0),
        (30, 61.0, 1),
        (30, 14.9, 1),
        (0, 30.0, 1),
    ],
)
def test_sanity_of_promises(wins: int, promised: float, against: int) -> None:
    won = np.array([1] * wins + [0] * (300 - wins))
    probability = np.where(won == 1, 1.0, 0.5) * promised / (150 + wins / 2)
    assert len(gate.judge_sanity(won, probability)[0]) == against


@pytest.mark.parametrize(("wins", "against"), [(20, 1), (19, 0)])
def test_a_reversed_ranking_fails_once_there_are_wins_enough(wins: int, against: int) -> None:
    won = np.array([1] * wins + [0] * 100)
    probability = np.where(won == 1, 0.1, 0.2)
    probability *= wins / probability.sum()
    assert len(gate.judge_sanity(won, probability)[0]) == against


def test_companies_are_resampled_as_one() -> None:
    won, challenger, champion = np.array([1, 0] * 50), np.full(100, 0.45), np.full(100, 0.5)
    alone = gate.bootstrap_gap(won, challenger, champion, np.arange(100).astype(str), GateLimits())
    # The wins of the whole table lie with two companies: what they did can hardly be told from chance.
    together = gate.bootstrap_gap(won, challenger, champion, won.astype(str), GateLimits())
    assert together[2] - together[1] > 3 * (alone[2] - alone[1])
    assert alone[0] == together[0]
