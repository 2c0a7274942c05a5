"""Rebuilding past scores from what is stored, to show that they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from data import read_backdated, read_tables
from data.erasure import read_erased_leads
from data.errors import BadInput
from data.scores import GIVEN
from training import load_version, score_questions

if TYPE_CHECKING:
    from data import Settings, Store, Tables


def verify_scores(settings: Settings, store: Store, sample: int, seed: int) -> dict[str, Any]:
    """Rebuild a sample of logged scores and compare them with the log, exactly.

    Returns:
        ``checked``, ``equal``, ``erased`` (scores that cannot be rebuilt and were skipped, because something of their
        lead was erased), and the score ids that are not equal: ``different``, and ``arrived_later`` where rows have
        come in since that their source states as known before the score.

    Raises:
        BadInput: no scores are logged yet.
        ArtefactRejected: the version of a score cannot be loaded.
    """
    tables = read_tables(store)
    logged = tables["scores"].to_pandas()
    if logged.empty:
        raise BadInput("no scores are logged yet; run callworth score first.")
    whole = logged[~logged["lead_id"].isin(read_erased_leads(store))]
    chosen = whole.sample(min(sample, len(whole)), random_state=seed)
    by_version = chosen.groupby("model_version")
    found = [_find_changed(settings, tables, str(version), scores) for version, scores in by_version]
    changed = pd.concat(found) if found else chosen
    late = _arrived_later(changed, read_backdated(store))
    return {
        "checked": len(chosen),
        "equal": len(chosen) - len(changed),
        "erased": len(logged) - len(whole),
        "different": sorted(changed["score_id"][~late]),
        "arrived_later": sorted(changed["score_id"][late]),
    }


def _find_changed(settings: Settings, tables: Tables, version: str, scores: pd.DataFrame) -> pd.DataFrame:
    questions = scores[["lead_id", "occurred_at"]].rename(columns={"occurred_at": "as_of"}).reset_index(drop=True)
    rebuilt = score_questions(tables, questions, load_version(settings, version)).scores
    same = pd.Series(True, index=scores.index)
    for name in GIVEN:
        before, now = scores[name].astype(object), rebuilt[name].astype(object).set_axis(scores.index)
        same &= (before == now) | (before.isna() & now.isna())
    return scores[~same]


def _arrived_later(scores: pd.DataFrame, backdated: pd.DataFrame) -> pd.Series:
    """Whether an import came in after a score that states rows from before it."""
    return pd.Series(
        [
            bool(((backdated["arrived_at"] > given) & (backdated["known_from"] < as_of)).any())
            for given, as_of in zip(scores["known_at"], scores["occurred_at"], strict=True)
        ],
        index=scores.index,
        dtype=bool,
    )
