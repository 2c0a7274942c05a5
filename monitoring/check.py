"""The monthly model check: this month's leads against those the model was trained on, and promises against outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import BadInput
from features import compute_features, encode_matrix
from monitoring.columns import SCORE, compare_columns
from monitoring.effects import add_effects
from monitoring.given import read_first_scores, read_last_scores
from monitoring.limits import Limits
from monitoring.promises import HORIZONS, judge_promises
from monitoring.reference import draw_rows, is_comparable, match_reference
from monitoring.verdict import find_worst, judge_drift
from monitoring.verdict import judge_promises as find_promises
from training import read_outcomes

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables
    from monitoring.columns import ColumnDrift
    from monitoring.promises import Promise
    from monitoring.verdict import Finding, Verdict
    from training import Artefact

SEED = 20_260_101


@dataclass(frozen=True)
class Check:
    """What the check found.

    Attributes:
        month: YYYY-MM, UTC.
        as_of: when it was made; nothing known later was used.
        model_version: that was checked.
        verdict: healthy, watch or retrain.
        findings: why, worst first.
        notes: what to know when reading it.
        scores: given in the month.
        leads: scored in the month.
        compared: leads compared with the reference.
        outcomes: what became of the month's leads so far: won, lost, open.
        mean_scores: in the reference and in the month.
        columns: each column and the score, compared.
        promises: judged against outcomes.
        limits: the thresholds.
        evidently: Evidently's own page; empty where no column could be compared.
    """

    month: str
    as_of: datetime
    model_version: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    scores: int
    leads: int
    compared: int
    outcomes: dict[str, int]
    mean_scores: tuple[float, float]
    columns: tuple[ColumnDrift, ...]
    promises: tuple[Promise, ...]
    limits: Limits
    evidently: str

    @property
    def reasons(self) -> tuple[str, ...]:
        """The findings as sentences, worst first."""
        return tuple(finding.text for finding in self.findings)


def check_month(
    tables: Tables, artefact: Artefact, month: str, as_of: datetime, *, limits: Limits | None = None, seed: int = SEED
) -> Check:
    """Check a model version on the scores logged in a calendar month.

    Of several scores of a lead in the month, the last is compared with the reference, its raw features computed anew
    as of its own moment. Promises are judged on the first score of each lead in each month, after their time.

    Args:
        tables: all contract tables, among them ``scores``.
        artefact: the model version, as a rule the champion.
        month: YYYY-MM, UTC.
        as_of: nothing that happened or became known at or after it is used.
        limits: from where on a difference counts.
        seed: of the samples.

    Raises:
        BadInput: no score of a lead that is known was logged in that month, or it is no month.
    """
    used = Limits() if limits is None else limits
    outcomes = read_outcomes(tables, as_of)
    last = read_last_scores(tables, month, as_of)
    known = keep_known(last, outcomes)
    if known.empty:
        raise BadInput(f"none of the {len(last)} leads scored in {month} is in the store; import the leads again.")
    chosen = draw_rows(known, used.rows, seed)
    frame = rebuild_features(tables, artefact, chosen)
    reference = match_reference(artefact.reference, known["question"], used.rows, seed)
    columns, page = compare_columns(reference, frame, artefact.schema, used)
    means = (float(reference[SCORE].mean()), float(frame[SCORE].mean()))
    measured = add_effects(columns, artefact, reference, frame, used, seed)
    promises = judge_promises(read_first_scores(tables, as_of), outcomes, artefact.version, as_of, used.lookback_days)
    alike = is_comparable(artefact.reference, known["question"])
    findings = (*find_promises(promises, used), *judge_drift(measured, means, len(known), used, alike=alike))
    verdict = find_worst(findings)
    return Check(
        month=month,
        as_of=as_of,
        model_version=artefact.version,
        verdict=verdict,
        findings=tuple(sorted(findings, key=lambda one: find_worst([one]) != verdict)),
        notes=tuple(write_notes(last, known, chosen, artefact, promises, as_of)),
        scores=int(last["given"].sum()),
        leads=len(known),
        compared=len(chosen),
        outcomes=count_outcomes(known, outcomes),
        mean_scores=means,
        columns=measured,
        promises=promises,
        limits=used,
        evidently=page,
    )


def keep_known(scores: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The scores whose lead is in the tables and was visible at the score's as-of; a lead can have been erased."""
    known = scores.merge(outcomes[["lead_id", "created_at"]], on="lead_id")
    return known[known["created_at"] < known["as_of"]].drop(columns="created_at").reset_index(drop=True)


def rebuild_features(tables: Tables, artefact: Artefact, scores: pd.DataFrame) -> pd.DataFrame:
    """The raw features of scores, each as of its moment, and the score that this model version gives them.

    The score is the logged one where this version gave it, else it is computed: another model's scores say
    nothing about this one.
    """
    features = compute_features(tables, scores, artefact.attributes)
    score = scores[SCORE].to_numpy(float).copy()
    other = (scores["model_version"] != artefact.version).to_numpy()
    if other.any():
        score[other] = artefact.predict(encode_matrix(features[other], artefact.schema))[:, -1]
    return features.assign(**{SCORE: score})


def count_outcomes(scores: pd.DataFrame, outcomes: pd.DataFrame) -> dict[str, int]:
    """What became of the leads so far: won, lost and open."""
    found = scores["lead_id"].map(outcomes.set_index("lead_id")["outcome"]).value_counts()
    return {outcome: int(found.get(outcome, 0)) for outcome in ("won", "lost", "open")}


def write_notes(
    last: pd.DataFrame,
    known: pd.DataFrame,
    chosen: pd.DataFrame,
    artefact: Artefact,
    promises: tuple[Promise, ...],
    as_of: datetime,
) -> list[str]:
    """What a reader must know beside the verdict: what was left out, sampled, or is not known yet."""
    notes = ["of several scores of a lead in the month, the last was compared with the training questions"]
    if lost := len(last) - len(known):
        notes.append(f"{lost} scored leads are no longer in the store and were left out")
    if len(chosen) < len(known):
        notes.append(f"{len(chosen):,} of {len(known):,} leads were drawn at random for the comparison")
    if other := int((known["model_version"] != artefact.version).sum()):
        notes.append(f"{other:,} leads had their score from another model version; they were scored anew with this one")
    if not is_comparable(artefact.reference, known["question"]):
        notes.append(
            "the reference does not hold the questions asked in this month; drift is overstated, and only watched"
        )
    judged = {promise.horizon_days for promise in promises}
    for horizon in HORIZONS:
        ends = (known["as_of"].min() + pd.Timedelta(days=horizon)).date()
        if horizon not in judged:
            notes.append(f"no promise of {horizon} days can be judged yet; those of this month begin to end on {ends}")
    if pd.Timestamp(as_of).strftime("%Y-%m") == known["month"].iloc[0]:
        notes.append("the month is not over")
    return notes
