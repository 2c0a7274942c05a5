"""From where on a difference counts. Every threshold of the monthly check and of the promotion gate stands here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The thresholds of the monthly check.

    Evidently's own tests change their method at 1,000 rows and call chance drift; only these limits gate.

    Attributes:
        distance: a column has drifted from this distance on; Wasserstein in standard deviations of the reference for
            numbers, Jensen-Shannon (0 to 1) for categories.
        chance: of the distance that chance gives to samples of these sizes, a drifted column has more than so many.
        missing: a column has drifted when its share of missing values moved by this much, and by more than ``chance``
            standard errors.
        effect: a drifted column moves the score when it changes the mean score by this share.
        score: the score has drifted from this distance on, in standard deviations of the reference.
        score_far: and this is far.
        columns_far: with a score that drifted far, this share of drifted columns asks for a new model.
        least_leads: fewer scored leads cannot be told from chance.
        least_wins: fewer wins, promised and seen, are too few to judge a promise.
        ratio: promised ÷ won outside of this is watched, if it is not chance.
        ratio_far: outside of this it asks for a new model.
        standard_errors: a gap of promised and won up to so many standard errors is chance.
        auc: ranking below this is watched.
        auc_far: below this it asks for a new model.
        lookback_days: promises are judged on scores whose horizon ended so many days ago at most.
        rows: at most so many rows a side are compared, drawn at random.
        effect_rows: and so many for the effects on the score.
    """

    distance: float = 0.1
    chance: float = 3.0
    missing: float = 0.1
    effect: float = 0.1
    score: float = 0.2
    score_far: float = 0.5
    columns_far: float = 0.3
    least_leads: int = 50
    least_wins: int = 20
    ratio: tuple[float, float] = (0.8, 1.25)
    ratio_far: tuple[float, float] = (0.67, 1.5)
    standard_errors: float = 2.0
    auc: float = 0.6
    auc_far: float = 0.55
    lookback_days: int = 184
    rows: int = 5_000
    effect_rows: int = 1_000


@dataclass(frozen=True)
class GateLimits:
    """The thresholds of the promotion gate.

    Attributes:
        horizon_days: the holdout begins so long ago and is judged on winning within it.
        least_wins: fewer wins, promised and seen, are too few to judge.
        ratio: promised ÷ won must be inside.
        auc: the ranking must be no worse than this, which is chance …
        errors: … by more than so many standard errors.
        resamples: of the paired bootstrap.
        level: of its interval.
    """

    horizon_days: int = 90
    least_wins: int = 20
    ratio: tuple[float, float] = (0.5, 2.0)
    auc: float = 0.5
    errors: float = 2.0
    resamples: int = 1_000
    level: float = 0.95
