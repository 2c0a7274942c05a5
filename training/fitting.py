"""Training: from contract tables to an artefact, with what was known at one moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from features import compute_features, encode_matrix, find_attributes, fit_schema, hide_rare_values
from training.amounts import fit_amounts
from training.artefact import Artefact
from training.model.boosting import REGULARISED
from training.model.dated import fit_dated_model
from training.model.sufficiency import require_outcomes
from training.questions import ask_questions

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    import pandas as pd

    from data.frames import Tables

Progress = Callable[[str], None]
"""Called with a few words about the step that begins."""

REFERENCE_ROWS = 5_000
SEED = 20_260_101
STAGE = "stage"


def fit_artefact(tables: Tables, as_of: datetime, *, seed: int = SEED, progress: Progress = lambda _: None) -> Artefact:
    """Train on what was known at ``as_of``.

    Args:
        tables: all contract tables; rows that happened or became known later are not used.
        as_of: the moment of training.
        seed: of everything random; same tables, moment and seed give the same model text.
        progress: told about each step.

    Returns:
        An artefact without a version.

    Raises:
        TooLittleData: fewer than 40 leads won or lost by then.
    """
    progress("asking the questions of the past")
    questions = ask_questions(tables, as_of)
    require_outcomes(questions)
    progress(f"computing features of {len(questions):,} questions")
    attributes = find_attributes(tables, as_of)
    features = compute_features(tables, questions, attributes)
    schema = fit_schema(features, attributes, questions["lead_id"])
    progress(f"training on {len(questions):,} × {len(schema.names)}")
    matrix = encode_matrix(features, schema)
    categorical = [schema.names.index(name) for name in schema.categories]
    model = fit_dated_model(
        matrix,
        questions,
        categorical=categorical,
        stratum_column=schema.names.index(STAGE),
        strata=len(schema.columns[schema.names.index(STAGE)].values) + 1,
        seed=seed,
    )
    sample = _draw_reference(questions, seed)
    reference = hide_rare_values(features.iloc[sample].reset_index(drop=True), schema)
    reference["probability"] = model.predict(matrix[sample])[:, -1]
    reference["question"] = questions["question"].to_numpy()[sample]
    facts = {
        "as_of": as_of.isoformat(),
        "seed": seed,
        "parameters": REGULARISED,
        "questions": len(questions),
        "leads": _count_outcomes(questions),
    }
    return Artefact(model, schema, attributes, fit_amounts(tables, as_of), reference, facts)


def _draw_reference(questions: pd.DataFrame, seed: int) -> Any:
    # Newer questions are nearer to what next month will look like: the latest half, then at random.
    newest = np.arange(len(questions) // 2, len(questions))
    chosen = np.random.default_rng(seed).permutation(newest)[:REFERENCE_ROWS]
    return np.sort(chosen)


def _count_outcomes(questions: pd.DataFrame) -> dict[str, int]:
    counts = questions.drop_duplicates("lead_id")["outcome"].value_counts()
    return {str(name): int(count) for name, count in counts.items()}
