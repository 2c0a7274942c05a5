"""The order of the call list: expected value first, in a queue of all open leads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from data.errors import BadInput
from data.queue import prune_queue, refresh_queue
from data.scores import log_scores
from data.store import lock_merges, read_tables
from training import ask_open_leads, score_questions

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

    from data.store import Store
    from training import Artefact

AMOUNT_WHERE_NONE_IS_KNOWN = 1_000_000
"""Minor units; the same for every lead, so that the probability alone ranks them."""


def fill_queue(store: Store, artefact: Artefact, as_of: datetime, *, arrived_at: datetime) -> pd.DataFrame:
    """Score all open leads, log the scores (question ``pipeline``: all that are open) and refresh the call queue.

    Imports wait until it is done: what they bring was not known when the scores were given.

    Args:
        store: an open store.
        artefact: the model version, registered.
        as_of: the moment of the scores.
        arrived_at: now.

    Returns:
        The scores, as :func:`training.score_questions` gives them. Leads of the queue that are no longer open leave it.

    Raises:
        BadInput: the moment is yet to come, or the model has learned from what came after it.
    """
    _refuse_hindsight(artefact, as_of, arrived_at)
    with store.transaction() as connection:
        lock_merges(connection)
        tables = read_tables(store)
        questions = ask_open_leads(tables, as_of)
        scores = score_questions(tables, questions, artefact).scores
        log_scores(connection, scores, question="pipeline", model_version=artefact.version, arrived_at=arrived_at)
        queue_scores(connection, scores, artefact.version)
        prune_queue(connection, questions["lead_id"].tolist(), as_of)
    return scores


def _refuse_hindsight(artefact: Artefact, as_of: datetime, now: datetime) -> None:
    if as_of > now:
        raise BadInput(f"--as-of {as_of.isoformat()} is yet to come; scores are given up to now.")
    trained = datetime.fromisoformat(artefact.facts["as_of"])
    if trained > as_of:
        raise BadInput(
            f"model version {artefact.version} learned from what was known by {trained.isoformat()}, after --as-of "
            f"{as_of.isoformat()}; give a later moment, or promote a version that was trained before."
        )


def queue_scores(connection: sa.Connection, scores: pd.DataFrame, model_version: str) -> None:
    """Give leads their place in the call queue.

    Args:
        connection: in a transaction.
        scores: of :func:`training.score_questions`.
        model_version: that gave them.
    """
    columns = scores[["lead_id", "campaign_id", "as_of", "probability"]]
    refresh_queue(connection, columns.assign(model_version=model_version, expected_value_minor=rank_scores(scores)))


def rank_scores(scores: pd.DataFrame) -> pd.Series:
    """What each lead is ranked by: its expected value, in whole minor units, never missing."""
    instead = (scores["probability"] * AMOUNT_WHERE_NONE_IS_KNOWN).round().astype("Int64")
    return scores["expected_value_minor"].astype("Int64").fillna(instead).astype("int64")
