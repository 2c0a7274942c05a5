"""The verdict of the monthly check, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monitoring.columns import CALENDAR, SCORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitoring.columns import ColumnDrift
    from monitoring.limits import Limits
    from monitoring.promises import Promise

Verdict = Literal["healthy", "watch", "retrain"]
SEVERITY: tuple[Verdict, ...] = ("healthy", "watch", "retrain")
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Finding:
    """One sentence and how bad it is.

    Attributes:
        verdict: what this finding alone asks for.
        text: the sentence, without a full stop.
    """

    verdict: Verdict
    text: str


def find_worst(findings: Sequence[Finding]) -> Verdict:
    """The verdict of all findings together: that of the worst."""
    return max((finding.verdict for finding in findings), key=SEVERITY.index, default="healthy")


def judge_drift(
    columns: Sequence[ColumnDrift], means: tuple[float, float], leads: int, limits: Limits, *, alike: bool
) -> tuple[Finding, ...]:
    """Findings about the raw columns and the score.

    Drift of columns is watched when it moves the score or the score has drifted; it asks for a new model when
    the score is far off and many columns have drifted.

    Args:
        columns: compared, the score among them.
        means: mean score in the reference and in the month.
        leads: scored in the month.
        limits: from where on a difference counts.
        alike: both sides answer the same kinds of questions; if not, drift is watched at most.
    """
    if leads < limits.least_leads:
        text = f"only {leads} leads were scored, too few to tell drift from chance (at least {limits.least_leads})"
        return (Finding("watch", text),)
    counted = [column for column in columns if column.name not in {SCORE, *CALENDAR}]
    drifted = [column for column in counted if column.drifted]
    score = next(column for column in columns if column.name == SCORE)
    return (
        _judge_columns(drifted, len(counted), limits),
        _judge_score(score, means, len(drifted) / max(len(counted), 1), limits, alike=alike),
    )


def judge_promises(promises: Sequence[Promise], limits: Limits) -> tuple[Finding, ...]:
    """Findings about promises whose time has passed.

    Promises of an earlier model version are watched at most: a new model is there already.
    """
    return tuple(finding for promise in promises for finding in _judge_promise(promise, limits))


def describe_promise(promise: Promise) -> str:
    """What was promised and what was won, as a sentence says it."""
    whose = "" if promise.current else " by an earlier model version"
    once = "" if len(promise.months) == 1 else ", each counted once a month,"
    ratio = f"ratio {promise.ratio:.2f}" if promise.won else "no ratio without a win"
    return (
        f"of {promise.scores:,} leads scored{whose} in {name_months(promise)}{once} {promise.won} won within "
        f"{promise.horizon_days} days where {promise.promised:.1f} were promised ({ratio})"
    )


def name_months(promise: Promise) -> str:
    """The months in which the scores were given: "2026-03", or "2026-03 to 2026-06"."""
    first, last = promise.months[0], promise.months[-1]
    return first if first == last else f"{first} to {last}"


def _judge_columns(drifted: Sequence[ColumnDrift], count: int, limits: Limits) -> Finding:
    if not drifted:
        return Finding("healthy", f"none of {count} columns has drifted")
    strongest = sorted(drifted, key=lambda column: -abs(column.effect or 0))
    named = ", ".join(_name(column) for column in strongest[:NAMED_AT_MOST])
    more = f" and {len(drifted) - NAMED_AT_MOST} more" if len(drifted) > NAMED_AT_MOST else ""
    have = "has" if len(drifted) == 1 else "have"
    moving = abs(strongest[0].effect or 0) >= limits.effect
    text = f"{len(drifted)} of {count} columns {have} drifted: {named}{more}"
    return Finding("watch", text) if moving else Finding("healthy", f"{text}; none of them moves the score")


def _name(column: ColumnDrift) -> str:
    """A drifted column with what it does to the score, or with what became of its missing values."""
    if abs(column.effect or 0) >= 0.005:
        return f"{column.name} (mean score {100 * (column.effect or 0):+.0f} %)"
    if abs(column.missing_month - column.missing_reference) >= 0.1:
        return f"{column.name} (missing {100 * column.missing_reference:.0f} → {100 * column.missing_month:.0f} %)"
    return column.name


def _judge_score(
    score: ColumnDrift, means: tuple[float, float], share: float, limits: Limits, *, alike: bool
) -> Finding:
    before, now = (f"{100 * mean:.1f} %" for mean in means)
    course = "stayed at" if before == now else f"went from {before} in training to"
    text = f"the mean score {course} {now} (distance {score.distance or 0:.2f})"
    # score.limit is what chance can do; a distance below it is none, whatever the limits say.
    distance = (score.distance or 0) if (score.distance or 0) >= score.limit else 0
    if alike and distance >= limits.score_far and share >= limits.columns_far:
        return Finding("retrain", f"{text}, with {100 * share:.0f} % of the columns drifted")
    return Finding("watch" if distance >= limits.score else "healthy", text)


def _judge_promise(promise: Promise, limits: Limits) -> Iterator[Finding]:
    text = describe_promise(promise)
    if max(promise.won_leads, promise.promised) < limits.least_wins:
        yield Finding("healthy", f"{text}; too few to judge")
        return
    beyond = abs(promise.promised - promise.won) > limits.standard_errors * promise.standard_error
    far = beyond and not limits.ratio_far[0] <= promise.ratio <= limits.ratio_far[1]
    off = beyond and not limits.ratio[0] <= promise.ratio <= limits.ratio[1]
    yield Finding(_temper(promise, "retrain" if far else "watch" if off else "healthy"), text)
    if promise.won_leads < limits.least_wins:
        return
    if promise.auc < limits.auc:
        worse: Verdict = "retrain" if promise.auc < limits.auc_far else "watch"
        yield Finding(_temper(promise, worse), f"these scores hardly rank: AUC {promise.auc:.2f}")
    if promise.log_loss > promise.log_loss_constant:
        text = "they say less than one probability for all would have"
        yield Finding("watch", f"{text} (log-loss {promise.log_loss:.4f}, against {promise.log_loss_constant:.4f})")


def _temper(promise: Promise, verdict: Verdict) -> Verdict:
    return "watch" if verdict == "retrain" and not promise.current else verdict
