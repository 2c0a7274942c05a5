"""Training: from contract tables to an artefact, with what was known at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from data.errors import TooLittleData
from features import compute_features, encode_matrix, find_attributes, fit_schema, hide_rare_values
from training.amounts import STATED_AMOUNT, USUAL_AMOUNT, fit_amounts
from training.artefact import Artefact
from training.explanation.scale import scale_reference
from training.intervals.amount_spread import add_deals, read_deal_amounts
from training.intervals.fitting import fit_intervals
from training.leaks.leak import list_refused
from training.leaks.store_guard import find_store_leaks
from training.model.boosting import REGULARISED
from training.model.choosing import STAGE, fit_model, list_coded_values
from training.model.sufficiency import describe_shortage
from training.points.clients import find_clients
from training.points.criteria import read_criteria
from training.questions import ask_questions, read_outcomes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Any

    import pandas as pd

    from data.frames import Tables
    from training.points.criteria import Criteria

Progress = Callable[[str], None]
"""Called with a few words about the step that begins."""

REFERENCE_ROWS = 5_000
SEED = 20_260_101


def fit_artefact(
    tables: Tables,
    as_of: datetime,
    *,
    keep: Collection[str] = (),
    seed: int = SEED,
    criteria: Criteria | None = None,
    progress: Progress = lambda _: None,
    with_intervals: bool = True,
) -> Artefact:
    """Train on what was known at ``as_of``.

    Args:
        tables: all contract tables; rows that happened or became known later are not used.
        as_of: the moment of training.
        keep: columns, as the source calls them, that are learned from although the leak guard finds them.
        seed: of everything random; same tables, moment and seed give the same model text.
        criteria: of the points score, which counts while there are few outcomes; those that callworth brings if None.
        progress: told about each step.
        with_intervals: also find out how sure the model is, which takes a few small refits.

    Returns:
        An artefact without a version.

    Raises:
        TooLittleData: no lead is known by then.
    """
    progress("asking the questions of the past")
    questions = ask_questions(tables, as_of)
    if questions.empty:
        raise TooLittleData(f"no lead is known by {as_of:%Y-%m-%d}; import leads first.")
    criteria, clients = criteria or read_criteria(), find_clients(tables, as_of)
    progress(f"computing features of {len(questions):,} questions")
    attributes = find_attributes(tables, as_of)
    features = compute_features(tables, questions, attributes)
    worth = features[["campaign", STATED_AMOUNT, USUAL_AMOUNT]]
    lives = read_outcomes(tables, as_of)
    leaks = find_store_leaks(tables, questions, features, attributes, as_of, lives=lives, keep=keep)
    features = features.drop(columns=list_refused(leaks, features.columns))
    attributes = tuple(attribute for attribute in attributes if attribute.column in features)
    coded = list_coded_values(questions, criteria, clients)
    schema = fit_schema(features, attributes, questions["lead_id"], coded=coded)
    progress(f"training on {len(questions):,} × {len(schema.names)}")
    matrix = encode_matrix(features, schema)
    model = fit_model(matrix, questions, schema, criteria, clients, seed=seed)
    sample = _draw_reference(questions, seed)
    reference = hide_rare_values(features.iloc[sample].reset_index(drop=True), schema)
    reference["probability"] = model.predict(matrix[sample])[:, -1]
    reference["question"] = questions["question"].to_numpy()[sample]
    facts = {
        "as_of": as_of.isoformat(),
        "seed": seed,
        "parameters": REGULARISED,
        "drift": asdict(model.timing.drift) if model.timing else {},
        "questions": len(questions),
        "leads": _count_outcomes(questions),
        "too_little_data": describe_shortage(questions),
        "leaks": [leak.as_json() for leak in leaks],
        "keep": sorted(keep),
    }
    scale, amounts = scale_reference(reference), fit_amounts(tables, as_of)
    intervals = None
    if with_intervals:
        progress("finding out how sure it is")
        intervals = fit_intervals(
            model,
            matrix,
            add_deals(questions, worth, amounts, read_deal_amounts(tables, as_of)),
            as_of,
            categorical=[schema.names.index(name) for name in schema.categories],
            stratum_column=schema.names.index(STAGE),
            seed=seed,
        )
    return Artefact(model, schema, attributes, amounts, reference, scale, facts, intervals=intervals)


def _draw_reference(questions: pd.DataFrame, seed: int) -> Any:
    # Newer questions are nearer to what next month will look like: the latest half, then at random.
    newest = np.arange(len(questions) // 2, len(questions))
    chosen = np.random.default_rng(seed).permutation(newest)[:REFERENCE_ROWS]
    return np.sort(chosen)


def _count_outcomes(questions: pd.DataFrame) -> dict[str, int]:
    counts = questions.drop_duplicates("lead_id")["outcome"].value_counts()
    return {str(name): int(count) for name, count in counts.items()}
