"""The promotion gate: may this challenger become the champion?

The challenger itself has seen every outcome that is known, so its recipe is rehearsed: the same training, with what
was known one horizon ago, judged on the leads that were open then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.errors import TooLittleData
from monitoring.limits import GateLimits
from training import ask_open_leads, fit_artefact, read_outcomes, score_questions
from training.backtest.evaluation import measure_quality
from training.fitting import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from data.frames import Tables
    from training import Artefact
    from training.points.criteria import Criteria

LIMITS = GateLimits()


@dataclass(frozen=True)
class GateVerdict:
    """The answer of the gate.

    Attributes:
        passed: the challenger may be promoted.
        reasons: sentences; those that speak against it first.
        measures: of the rehearsal, and of the champion where it was judged, as plain values; NaN where not defined.
    """

    passed: bool
    reasons: tuple[str, ...]
    measures: dict[str, Any]


def judge_challenger(
    tables: Tables,
    challenger: Artefact,
    champion: Artefact | None,
    as_of: datetime,
    *,
    criteria: Criteria | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> GateVerdict:
    """Judge a challenger on leads whose outcome its rehearsal had not seen.

    Args:
        tables: all contract tables.
        challenger: trained at about ``as_of``; its seed is used for the rehearsal.
        champion: the version that serves, judged on the same leads if it had not seen their outcomes either; one that
            was trained later than the challenger stays.
        as_of: now.
        criteria: of the points score, as the challenger was trained with them.
        progress: told about each step.
    """
    if champion is not None and _read_moment(champion) > _read_moment(challenger):
        return GateVerdict(False, (_describe_newer(champion, challenger),), {})
    origin = as_of - timedelta(days=LIMITS.horizon_days)
    leads = ask_open_leads(tables, origin)
    if leads.empty:
        return _leave_undecided(champion, f"no lead was open on {origin:%Y-%m-%d}", {})
    try:
        recipe = {"seed": int(challenger.facts.get("seed", SEED)), "keep": challenger.facts.get("keep", ())}
        rehearsal = fit_artefact(tables, origin, criteria=criteria, progress=progress, with_intervals=False, **recipe)
    except TooLittleData as error:
        return _leave_undecided(champion, f"as of {origin:%Y-%m-%d}, {str(error).split(';')[0]}", {})
    if lacking := rehearsal.facts.get("too_little_data"):  # points say nothing about what trees will promise
        return _leave_undecided(champion, f"as of {origin:%Y-%m-%d}, {lacking}", {})
    won = find_wins(tables, leads, origin, as_of)
    promised = _score(tables, leads, rehearsal)
    measures: dict[str, Any] = {"challenger": measure_quality(won, promised, np.zeros(len(won), int))}
    if max(won.sum(), promised.sum()) < LIMITS.least_wins:
        story = f"of {len(won)} leads open on {origin:%Y-%m-%d} only {won.sum()} won within {LIMITS.horizon_days} days"
        return _leave_undecided(champion, story, measures)
    against, remarks = judge_sanity(won, promised)
    if champion is not None and _read_moment(champion) <= origin:
        served = _score(tables, leads, champion)
        measures["champion"] = measure_quality(won, served, np.zeros(len(won), int))
        gap = bootstrap_gap(won, promised, served, find_companies(tables, leads), LIMITS)
        measures["log_loss_gap"] = dict(zip(("mean", "lower", "upper"), gap, strict=True))
        (against if gap[1] > 0 else remarks).append(_describe_gap(gap))
    elif champion is not None:
        remarks.append("the champion had seen outcomes of these leads and was not compared: only the limits held")
    return GateVerdict(not against, (*against, *remarks), measures)


def find_wins(tables: Tables, leads: pd.DataFrame, origin: datetime, as_of: datetime) -> NDArray[np.int_]:
    """Which leads were won within the horizon after the origin, as known at as-of: 0 or 1 (n,)."""
    lives = read_outcomes(tables, as_of).set_index("lead_id")
    won_at = lives["closed_at"].where(lives["outcome"] == "won").reindex(leads["lead_id"])
    return np.asarray(won_at <= pd.Timestamp(origin) + pd.Timedelta(days=LIMITS.horizon_days), dtype=np.int_)


def find_companies(tables: Tables, leads: pd.DataFrame) -> NDArray[np.str_]:
    """The company of each lead, the lead itself where it has none: leads of one company are not independent."""
    known = tables["leads"].select(["lead_id", "company_id"]).to_pandas().drop_duplicates("lead_id", keep="last")
    companies = leads["lead_id"].map(known.set_index("lead_id")["company_id"])
    return companies.fillna(leads["lead_id"]).to_numpy(str)


def judge_sanity(won: NDArray[np.int_], promised: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """What speaks against probabilities on their own, and what is in order: sentences."""
    against: list[str] = []
    remarks: list[str] = []
    ratio = float(promised.sum()) / won.sum() if won.any() else inf
    text = (
        f"of {len(won):,} leads {won.sum()} won within {LIMITS.horizon_days} days where {promised.sum():.1f} were "
        f"promised (ratio {ratio:.2f}; {LIMITS.ratio[0]:g} to {LIMITS.ratio[1]:g} is allowed)"
    )
    (remarks if LIMITS.ratio[0] <= ratio <= LIMITS.ratio[1] else against).append(text)
    auc = measure_quality(won, promised, np.zeros(len(won), int))["auc"]
    if won.sum() >= LIMITS.least_wins and isfinite(auc):
        error = chance_error(int(won.sum()), len(won))
        worse = auc < LIMITS.auc - LIMITS.errors * error
        (against if worse else remarks).append(
            f"AUC is {auc:.3f} ({LIMITS.auc:g} is no ranking at all, give or take {error:.3f} by chance)"
        )
    return against, remarks


def chance_error(won: int, leads: int) -> float:
    """Standard error of the AUC of a ranking by chance: the Mann-Whitney statistic's, without ties.

    >>> round(chance_error(71, 138), 3)
    0.049
    """
    return ((leads + 1) / (12 * won * (leads - won))) ** 0.5


def bootstrap_gap(
    won: NDArray[np.int_],
    challenger: NDArray[np.float64],
    champion: NDArray[np.float64],
    groups: NDArray[np.str_],
    limits: GateLimits,
    seed: int = SEED,
) -> tuple[float, float, float]:
    """How much worse the challenger's log-loss is: mean and interval of the difference per lead, positive is worse.

    A paired bootstrap whose unit is the group, so that leads of one company stay together.

    >>> won, worse, better = np.array([1, 0] * 20), np.full(40, 0.5), np.tile([0.9, 0.1], 20)
    >>> bootstrap_gap(won, worse, better, np.arange(40).astype(str), GateLimits(resamples=50))[1] > 0
    True
    """
    difference = _loss(won, challenger) - _loss(won, champion)
    _, group = np.unique(groups, return_inverse=True)
    total, size = np.bincount(group, difference), np.bincount(group)
    rng = np.random.default_rng(seed)
    means = np.empty(limits.resamples)
    for resample in range(limits.resamples):
        drawn = rng.integers(0, len(size), len(size))
        means[resample] = total[drawn].sum() / size[drawn].sum()
    tail = (1 - limits.level) / 2
    lower, upper = np.quantile(means, [tail, 1 - tail])
    return float(difference.mean()), float(lower), float(upper)


def _describe_gap(gap: tuple[float, float, float]) -> str:
    word = "worse than" if gap[1] > 0 else "better than" if gap[2] < 0 else "as good as"
    return f"log-loss is {word} the champion's: {gap[0]:+.5f} a lead (95 % interval {gap[1]:+.5f} to {gap[2]:+.5f})"


def _leave_undecided(champion: Artefact | None, story: str, measures: dict[str, Any]) -> GateVerdict:
    if champion is None:
        return GateVerdict(True, (f"{story}: too little to judge; it passes because there is no champion",), measures)
    if champion.facts.get("too_little_data"):
        return GateVerdict(
            True, (f"{story}: too little to judge; it passes because it knows more than one by points",), measures
        )
    return GateVerdict(False, (f"{story}: too little to judge, so the champion stays",), measures)


def _describe_newer(champion: Artefact, challenger: Artefact) -> str:
    newer, older = (f"{_read_moment(each):%Y-%m-%d %H:%M}" for each in (champion, challenger))
    return (
        f"the champion, version {champion.version}, was trained as of {newer}, and this one as of {older}: "
        "the newer stays, unless a person promotes the older"
    )


def _read_moment(artefact: Artefact) -> datetime:
    return datetime.fromisoformat(artefact.facts["as_of"])


def _score(tables: Tables, leads: pd.DataFrame, artefact: Artefact) -> NDArray[np.float64]:
    return score_questions(tables, leads, artefact).scores["probability_90_days"].to_numpy(float)


def _loss(won: NDArray[np.int_], probability: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(probability, 1e-9, 1 - 1e-9)
    return -np.where(won == 1, np.log(inside), np.log(1 - inside))
