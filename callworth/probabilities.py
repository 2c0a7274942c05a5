"""Close probabilities for the weighted pipeline: as they were logged, else from the champion."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from callworth.output import format_count
from data.errors import ArtefactRejected
from training import ask_open_leads, load_champion, score_questions

if TYPE_CHECKING:
    from data import Settings, Tables

LAST_SCORES = """
    SELECT lead_id, arg_max(probability, struct_pack(a := occurred_at, k := known_at, i := score_id)) AS probability
    FROM scores WHERE occurred_at <= $end GROUP BY lead_id"""


def gather_probabilities(settings: Settings, tables: Tables, end: datetime) -> tuple[pd.DataFrame, list[str]]:
    """The close probability of each open lead at a moment.

    A score of that moment or before counts as it was logged; an open lead without one is scored by the champion, as
    of then, unless the champion has learned from what came later.

    Returns:
        ``lead_id`` and ``probability``, and sentences on where they came from.
    """
    with duckdb.connect() as connection:
        connection.register("scores", tables["scores"])
        logged = connection.sql(LAST_SCORES, params={"end": end}).df()
    open_leads = ask_open_leads(tables, end)
    known = open_leads[["lead_id"]].merge(logged, on="lead_id")
    missing = open_leads[~open_leads["lead_id"].isin(known["lead_id"])]
    if missing.empty:
        return known, []
    counted = format_count(len(missing), "open lead")
    without = f"{counted} without a score, worth nothing in the weighted pipeline"
    try:
        champion = load_champion(settings)
    except ArtefactRejected:
        return known, [f"{without}: there is no model to give one."]
    if datetime.fromisoformat(champion.facts["as_of"]) > end:
        return known, [f"{without}: model version {champion.version} has learned from what came later."]
    scored = score_questions(tables, missing, champion).scores[["lead_id", "probability"]]
    note = f"{counted} without a logged score, scored now by model version {champion.version}."
    return pd.concat([known, scored], ignore_index=True), [note]
