"""Why a lead has its score: the business facts that speak for it and against it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from features import group_feature, read_language, say_feature
from training.explanation.contributions import compute_contributions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.artefact import Artefact

OTHER_SIDE = 3
"""One reason in so many at least speaks the other way, where anything does."""


@dataclass(frozen=True)
class Reason:
    """One business fact's share in a score.

    Attributes:
        group: the fact, by its code: the group of its features, or the feature that stands alone.
        feature: the feature of the group that weighs most in the same direction.
        text: that feature in words, with its value.
        effect: what all features of the group together add to the score before calibration; negative speaks against
            the lead.
    """

    group: str
    feature: str
    text: str
    effect: float

    @property
    def direction(self) -> Literal["for", "against"]:
        """Whether it speaks for the lead or against it."""
        return "for" if self.effect > 0 else "against"


def explain_scores(
    artefact: Artefact, matrix: NDArray[np.float64], *, most: int = 3, language: str = "en"
) -> list[list[Reason]]:
    """The strongest reasons of each score, strongest first.

    The effects of all facts and the base add up to the score before calibration: see
    :func:`training.explanation.contributions.compute_contributions`. Where the strongest all speak one way, the last
    third gives its place to the strongest that speak the other way. Values are read from the matrix, so that nothing
    is told that the model does not know.

    Args:
        artefact: the model version.
        matrix: encoded (n, k).
        most: reasons per score.
        language: da or en.

    Raises:
        BadInput: the language is not known.
    """
    spoken = read_language(language)
    names, columns = artefact.schema.names, artefact.schema.columns
    effects = compute_contributions(artefact, matrix)[:, :-1]
    facts, members = group_columns(names)
    totals = sum_groups(effects, members)
    said: dict[tuple[int, float], str] = {}

    def say(column: int, value: float) -> str:
        key = (column, value if value == value else np.inf)
        if key not in said:
            said[key] = say_feature(names[column], columns[column].decode(value), spoken)
        return said[key]

    explained = []
    for row, (chosen, total) in enumerate(zip(choose_strongest(totals, most).tolist(), totals, strict=True)):
        reasons = []
        for group in chosen:
            if effect := float(total[group]):
                column = _find_spokesman(effects[row], members[group], effect)
                text = say(column, float(matrix[row, column]))
                reasons.append(Reason(facts[group], names[column], text, effect))
        explained.append(reasons)
    return explained


@lru_cache(maxsize=16)
def group_columns(names: tuple[str, ...]) -> tuple[list[str], list[list[int]]]:
    """The business facts of some columns, in the order of their first one, and the columns of each.

    >>> group_columns(("calls", "segment", "calls_last_7_days"))
    (['attempts', 'segment'], [[0, 2], [1]])
    """
    groups: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        groups.setdefault(group_feature(name), []).append(column)
    return list(groups), list(groups.values())


def sum_groups(effects: NDArray[np.float64], members: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """The sum of each group's columns (n, groups), added one by one, so that a row's sum is the same in any batch."""
    columns = np.ascontiguousarray(effects.T)
    totals = np.zeros((len(members), len(effects)))
    for total, places in zip(totals, members, strict=True):
        for place in places:
            total += columns[place]
    return totals.T


def choose_strongest(totals: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    """The groups of largest effect in each row, strongest first; of both directions where there are both.

    >>> choose_strongest(np.array([[3.0, 2.0, 1.5, -0.5, -1.0]]), 3).tolist()
    [[0, 1, 4]]
    """
    strength = np.abs(totals)
    reserved = most // OTHER_SIDE
    rank = np.zeros_like(strength)
    for side in (totals, -totals):
        leaders = np.argsort(-side, axis=1, kind="stable")[:, :reserved]
        np.put_along_axis(rank, leaders, np.take_along_axis(side, leaders, axis=1) > 0, axis=1)
    order = np.lexsort((-strength, -rank), axis=1)[:, :most]
    again = np.argsort(-np.take_along_axis(strength, order, axis=1), axis=1, kind="stable")
    return np.take_along_axis(order, again, axis=1)


def _find_spokesman(effects: NDArray[np.float64], places: Sequence[int], effect: float) -> int:
    return max(places, key=lambda place: effects[place] if effect > 0 else -effects[place])
