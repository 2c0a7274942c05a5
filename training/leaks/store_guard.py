"""The guard of the store: leads that have versions, outcomes that have dates, and some that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from features.registry import FEATURES
from training.leaks.chance import split_alpha
from training.leaks.changed import find_changed
from training.leaks.filled import find_filled
from training.leaks.guard import KINDS, find_leaks
from training.leaks.leak import Leak, name_column
from training.leaks.missing import find_missing
from training.leaks.restating import find_restating

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    import pandas as pd

    from data.frames import Tables
    from features import Attribute

DESCRIBING = ("leads", "companies", "contacts")
"""Tables whose rows describe a lead and are overwritten as more is known; events happen at their time."""
KNOWN_BEFORE = ("campaign", "lead_age_days", "month")
CLOSING = (find_filled, find_missing, find_restating)
"""What tells closed leads from open ones of the same campaign and time."""


def find_store_leaks(
    tables: Tables,
    questions: pd.DataFrame,
    features: pd.DataFrame,
    attributes: Sequence[Attribute],
    cut: datetime,
    *,
    lives: pd.DataFrame,
    keep: Collection[str] = (),
) -> list[Leak]:
    """Find the columns of the store that tell the outcome, with what was known at ``cut``.

    Each lead is looked at as of its first question, when nothing of its outcome can be known: among closed leads
    whether a column tells won from lost, among all whether it tells closed from open, and whether it changes after
    closing.

    Args:
        tables: contract tables.
        questions: of :func:`training.questions.ask_questions`.
        features: of the questions, row by row.
        attributes: with which they were computed.
        cut: the moment of training.
        lives: of :func:`training.questions.read_outcomes` at ``cut``.
        keep: columns, as the source calls them, that the user keeps by name.

    Returns:
        One leak per column that has one.
    """
    first = ~questions["lead_id"].duplicated().to_numpy()
    outcome, asked = questions["outcome"].to_numpy()[first], features[first].reset_index(drop=True)
    candidates, closed = {*list_candidates(attributes)}, outcome != "open"
    columns = [name for name in map(str, features.columns) if name_column(name) in candidates]
    campaign = asked["campaign"]
    leaks = find_leaks(
        asked.loc[closed, columns], (outcome[closed] == "won").astype(int), groups=campaign[closed], keep=keep
    )
    leaks += find_leaks(
        asked[columns], closed.astype(int), groups=campaign, keep=keep, kinds=CLOSING, names=("closed", "open")
    )
    alpha = split_alpha(len(columns), len(KINDS))
    for name, finding in find_changed(tables, lives, attributes, cut, alpha).items() if attributes else ():
        column = name_column(name)
        leaks.append(Leak(column, finding.kind, f"'{column}' {finding.reason}.", column in keep))
    return list({leak.column: leak for leak in reversed(leaks)}.values())[::-1]


def list_candidates(attributes: Sequence[Attribute]) -> list[str]:
    """The columns that may leak, as the source calls them: free attributes, and what else describes a lead."""
    described = [name for name, each in FEATURES.items() if each.source.table in DESCRIBING]
    return [*(each.name for each in attributes), *(name for name in described if name not in KNOWN_BEFORE)]
