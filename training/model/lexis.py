"""Questions on a Lexis diagram: those at risk, and their wins, by stratum, week of asking and day since.

Age runs along one axis and the calendar along the diagonal (Keiding, Phil. Trans. R. Soc. Lond. A 332, 1990), so that
what depends on the age of a question and what depends on the calendar are told apart. A lead that was lost stays at
risk until the cut, because what is modelled is the share of leads won, whatever else becomes of them (Fine and Gray,
J. Am. Stat. Assoc. 94, 1999; the cut is known for every lead, so that nothing has to be weighted).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.model.curve import HORIZON_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_DAYS = 0.5
"""Exposure of a question whose outcome came on the same day: half of it."""

WEEK = 7
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Watched:
    """Questions and how long each was watched for a win; arrays of shape (n,).

    Attributes:
        days: from the question to the win, or to the cut where there was none; at most the horizon.
        won: it ended in a win within the horizon.
        asked: days before the cut at which it was asked.
        stratum: from 0.
        weight: of the question.
        strata: how many strata there are.
        wins: leads won, each counted once.
        cut: nothing was known after it; UTC.
    """

    days: NDArray[np.float64]
    won: NDArray[np.bool_]
    asked: NDArray[np.float64]
    stratum: NDArray[np.intp]
    weight: NDArray[np.float64]
    strata: int
    wins: int
    cut: pd.Timestamp

    @property
    def week(self) -> NDArray[np.intp]:
        """Weeks before the cut at which each was asked."""
        return (self.asked // WEEK).astype(np.intp)


def watch_questions(questions: pd.DataFrame, stratum: NDArray[np.intp], strata: int) -> Watched:
    """How long each question was watched for a win, up to the cut that the newest of them tells.

    Args:
        questions: ``lead_id``, ``as_of``, ``outcome`` (won, lost, open), ``days`` and ``weight`` of each.
        stratum: of each.
        strata: how many there are.
    """
    since = questions["days"].to_numpy(float)
    cut = (questions["as_of"] + pd.to_timedelta(since, unit="D")).max()
    asked = ((cut - questions["as_of"]).dt.total_seconds() / DAY_SECONDS).to_numpy(float)
    won = (questions["outcome"] == "won").to_numpy()
    days = np.clip(np.where(won, since, asked), LEAST_DAYS, HORIZON_DAYS)
    within = won & (since <= HORIZON_DAYS)
    wins = int(questions.loc[within, "lead_id"].nunique())
    return Watched(days, within, asked, stratum, questions["weight"].to_numpy(float), strata, wins, cut)


@dataclass(frozen=True)
class Lexis:
    """Sums over questions; arrays of shape (strata, weeks, days).

    Attributes:
        exposure: days at risk, times weight and relative rate, of the questions asked so many weeks before the cut, on
            each day since.
        events: their wins, times weight.
        per_event: leads won per unit of ``events``; a lead's questions share its one win, which is one piece of
            evidence.
    """

    exposure: NDArray[np.float64]
    events: NDArray[np.float64]
    per_event: float

    @property
    def before_cut(self) -> NDArray[np.float64]:
        """Days before the cut of the middle of each cell (weeks, days); negative after it."""
        weeks, days = self.exposure.shape[1:]
        middle = np.arange(weeks)[:, None] * WEEK + WEEK / 2 - np.arange(days) - 0.5
        return np.asarray(middle, np.float64)

    @property
    def week_before_cut(self) -> NDArray[np.intp]:
        """The calendar week of each cell, 0 the last one before the cut (weeks, days)."""
        return np.maximum(self.before_cut // WEEK, 0).astype(np.intp)

    def since(self, began: float) -> Lexis:
        """Without what lies more than ``began`` days before the cut: questions older than that enter there."""
        kept = self.before_cut <= began
        return replace(self, exposure=self.exposure * kept, events=self.events * kept)


def draw_lexis(watched: Watched, relative: NDArray[np.float64] | None = None) -> Lexis:
    """Sum up questions.

    Args:
        watched: the questions.
        relative: rate of each relative to the base of its stratum (n,), 1 where None.
    """
    weeks, days = int(watched.week.max()) + 1, HORIZON_DAYS
    shape = watched.strata, weeks, days + 1
    row = (watched.stratum * weeks + watched.week) * (days + 1)
    rate = watched.weight if relative is None else watched.weight * relative
    whole = np.floor(watched.days).astype(np.intp)
    ended = np.bincount(row + whole, rate, np.prod(shape)).reshape(shape)
    begun = np.bincount(row + whole, rate * (watched.days - whole), np.prod(shape)).reshape(shape)
    longer = np.cumsum(ended[:, :, ::-1], axis=2)[:, :, ::-1] - ended
    last = np.ceil(watched.days).astype(np.intp) - 1
    wins = np.bincount((row + last)[watched.won], watched.weight[watched.won], np.prod(shape)).reshape(shape)
    exposure, events = (np.asarray(sums[:, :, :days], np.float64) for sums in (longer + begun, wins))
    return Lexis(exposure, events, watched.wins / max(float(events.sum()), 1e-9))


def read_expected(rates: NDArray[np.float64], watched: Watched) -> NDArray[np.float64]:
    """Wins expected of each question while it was watched (n,).

    Args:
        rates: wins per day in each cell (strata, weeks, days).
        watched: the questions.
    """
    total = np.zeros((*rates.shape[:2], rates.shape[2] + 1))
    np.cumsum(rates, axis=2, out=total[:, :, 1:])
    whole = np.minimum(np.floor(watched.days).astype(np.intp), rates.shape[2] - 1)
    before = total[watched.stratum, watched.week, whole]
    return before + (total[watched.stratum, watched.week, whole + 1] - before) * (watched.days - whole)
