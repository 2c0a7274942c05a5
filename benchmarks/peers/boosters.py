"""Boosted trees as their libraries set them up: categories as the library has them, one thread, no tuning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.columns import MISSING, find_columns

if TYPE_CHECKING:
    import pandas as pd

    from benchmarks.peers.peer import Predict, Rows


def fit_lightgbm(rows: Rows, seed: int) -> Predict:
    """LightGBM: 100 trees of 31 leaves, rate .1."""
    from lightgbm import LGBMClassifier

    return _fit(LGBMClassifier(n_jobs=1, random_state=seed, verbose=-1, deterministic=True, force_row_wise=True), rows)


def fit_histogram(rows: Rows, seed: int) -> Predict:
    """Scikit-learn's histogram boosting, which stops early on a tenth of the rows where there are over 10,000."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return _fit(HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=seed), rows)


def fit_xgboost(rows: Rows, seed: int) -> Predict:
    """XGBoost: 100 trees of depth 6, rate .3."""
    from xgboost import XGBClassifier

    return _fit(XGBClassifier(enable_categorical=True, n_jobs=1, random_state=seed), rows)


def fit_catboost(rows: Rows, seed: int) -> Predict:
    """CatBoost: 1,000 trees of depth 6, rate by the number of rows."""
    from catboost import CatBoostClassifier

    names = list(find_columns(rows.frame).values)
    model = CatBoostClassifier(
        cat_features=names, thread_count=1, random_seed=seed, verbose=False, allow_writing_files=False
    )
    return _fit(model, rows, texts=names)


def _fit(model: Any, rows: Rows, texts: tuple[str, ...] | list[str] = ()) -> Predict:
    columns = find_columns(rows.frame)

    def read(frame: pd.DataFrame) -> pd.DataFrame:
        tidy = columns.tidy(frame)
        return tidy.assign(**{name: tidy[name].astype(object).fillna(MISSING) for name in texts})

    model.fit(read(rows.frame), rows.won, sample_weight=rows.weight)
    return lambda frame: model.predict_proba(read(frame))[:, 1]
