"""Rebuilding past scores from what is stored, to show that they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data import read_tables
from data.errors import BadInput
from training import load_version, score_questions

if TYPE_CHECKING:
    import pandas as pd

    from data import Settings, Store, Tables

PROBABILITIES = ("probability", "probability_90_days", "probability_180_days")


def verify_scores(settings: Settings, store: Store, sample: int, seed: int) -> dict[str, Any]:
    """Rebuild a sample of logged scores and compare them with the log, exactly.

    Returns:
        ``checked``, ``equal``, ``different`` (score ids).

    Raises:
        BadInput: no scores are logged yet.
        ArtefactRejected: the version of a score cannot be loaded.
    """
    tables = read_tables(store)
    logged = tables["scores"].to_pandas()
    if logged.empty:
        raise BadInput("no scores are logged yet; run callworth score first.")
    chosen = logged.sample(min(sample, len(logged)), random_state=seed)
    different: list[str] = []
    for version, scores in chosen.groupby("model_version"):
        different += _find_different(settings, tables, str(version), scores)
    return {"checked": len(chosen), "equal": len(chosen) - len(different), "different": sorted(different)}


def _find_different(settings: Settings, tables: Tables, version: str, scores: pd.DataFrame) -> list[str]:
    questions = scores[["lead_id", "occurred_at"]].rename(columns={"occurred_at": "as_of"}).reset_index(drop=True)
    rebuilt = score_questions(tables, questions, load_version(settings, version)).scores
    same = scores["features_hash"].to_numpy() == rebuilt["features_hash"].to_numpy()
    for name in PROBABILITIES:
        same &= scores[name].to_numpy() == rebuilt[name].to_numpy()
    return scores["score_id"][~same].tolist()
