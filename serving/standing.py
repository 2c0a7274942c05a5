"""What a score says to people: 1 to 99, its grade, and whether it has risen since the score before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import pandas as pd

from training.explanation.scale import HIGHEST, LOWEST

if TYPE_CHECKING:
    from data.grading import Grade, Grading, Trend
    from training.artefact import Artefact
    from training.explanation.scale import Scale


class Standing(TypedDict):
    """A score for people; all None where the model version that gave it is not the one that serves."""

    score: int | None
    grade: Grade | None
    trend: Trend | None


UNKNOWN: Standing = {"score": None, "grade": None, "trend": None}


@dataclass(frozen=True)
class Judge:
    """Reads probabilities as scores for people, by the scale of one model version and the house's limits.

    Attributes:
        version: of the model; a score of another one is not on its scale, and another opinion is no trend of the lead.
        scale: of that version.
        grading: limits of the grades, and the dead band of the trend.
    """

    version: str
    scale: Scale
    grading: Grading

    @classmethod
    def of(cls, artefact: Artefact, grading: Grading) -> Judge:
        """The judge of a model version."""
        return cls(artefact.version, artefact.scale, grading)

    def judge(self, model_version: str, probability: float, before: float | None) -> Standing:
        """The standing of one lead.

        Args:
            model_version: that gave the score.
            probability: of closing.
            before: the probability that the same version gave the lead last; None where it gave none.
        """
        if model_version != self.version:
            return UNKNOWN
        score = int(self.scale.score(probability))
        trend = None if before is None else self.grading.find_trend(int(self.scale.score(before)), score)
        return {"score": score, "grade": self.grading.grade(score), "trend": trend}

    def judge_scores(self, scores: pd.DataFrame, before: dict[str, float]) -> pd.DataFrame:
        """A frame of scores with ``grade`` and ``trend``, the latter missing where there was no score before.

        Args:
            scores: ``lead_id`` and ``score`` of leads that this version scored.
            before: the probabilities that it gave leads before.
        """
        grades = {score: self.grading.grade(score) for score in range(LOWEST, HIGHEST + 1)}
        earlier = dict(zip(before, self.scale.score(list(before.values())).tolist(), strict=True))
        trends = [
            self.grading.find_trend(earlier[lead], now) if lead in earlier else None
            for lead, now in zip(scores["lead_id"], scores["score"].tolist(), strict=True)
        ]
        return scores.assign(
            grade=scores["score"].map(grades).astype("str"), trend=pd.Series(trends, index=scores.index, dtype="str")
        )
