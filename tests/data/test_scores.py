"""The score log: each score once, read back exactly as it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.errors import BadInput
from data.scores import log_scores, read_scores, repeat_score

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
SCORE: dict[str, Any] = {
    "lead_id": "l",
    "as_of": pd.Timestamp(NOW),
    "features_hash": "abc",
    "probability": 0.1 + 0.2,
    "probability_90_days": 1e-300,
    "probability_180_days": 1 / 3,
    "expected_amount_minor": 2**53 + 1,
    "expected_value_minor": 12,
}


def log(store: Store, rows: list[dict[str, Any]], question: str = "list", version: str = "1") -> int:
    with store.transaction() as connection:
        return log_scores(connection, pd.DataFrame(rows), question=question, model_version=version, arrived_at=NOW)


def read(store: Store, **which: Any) -> pd.DataFrame:
    return read_scores(store, NOW, NOW + timedelta(days=1), **which)


def test_a_score_comes_back_exactly(store: Store, world: Callable[..., Merge]) -> None:
    world()
    assert log(store, [SCORE]) == 1
    (row,) = read(store).to_dict("records")
    assert {name: row[name] for name in SCORE} == SCORE
    assert (row["question"], row["model_version"], row["known_at"]) == ("list", "1", pd.Timestamp(NOW))


def test_the_same_score_is_logged_once(store: Store, world: Callable[..., Merge]) -> None:
    world()
    assert [log(store, [SCORE]), log(store, [SCORE]), log(store, [SCORE, SCORE])] == [1, 0, 0]
    others = [log(store, [SCORE], version="2"), log(store, [SCORE], question="rep")]
    later = log(store, [SCORE | {"as_of": pd.Timestamp(NOW + timedelta(microseconds=1))}])
    assert [*others, later] == [1, 1, 1]
    assert len(read(store)) == 4


def test_a_score_given_to_another_who_asked_is_the_same(store: Store, world: Callable[..., Merge]) -> None:
    world()
    log(store, [SCORE], question="pipeline")
    later = NOW + timedelta(hours=1)
    for _ in range(2):
        with store.transaction() as connection:
            repeat_score(connection, "l", NOW, "1", question="list", arrived_at=later)
    (row,) = read(store, question="list").to_dict("records")
    assert {name: row[name] for name in SCORE} == SCORE
    assert row["known_at"] == pd.Timestamp(later)
    assert len(read(store)) == 2


def test_what_is_not_known_stays_missing(store: Store, world: Callable[..., Merge]) -> None:
    world()
    log(store, [{name: SCORE[name] for name in ("lead_id", "as_of", "features_hash", "probability")}])
    log(store, [SCORE | {"expected_value_minor": None}], version="2")
    rows = read(store)
    assert dict(zip(rows["model_version"], rows["expected_amount_minor"].isna(), strict=True)) == {
        "1": True,
        "2": False,
    }
    assert rows["expected_value_minor"].isna().all()


def test_scores_are_chosen_by_period_question_and_version(store: Store, world: Callable[..., Merge]) -> None:
    world()
    log(store, [SCORE])
    log(store, [SCORE], question="rep", version="2")
    log(store, [SCORE | {"as_of": pd.Timestamp(NOW + timedelta(days=1))}])
    assert read(store, question="rep")["model_version"].tolist() == ["2"]
    assert read(store, model_version="1")["question"].tolist() == ["list"]
    assert len(read(store)) == 2
    assert len(read_scores(store, NOW + timedelta(seconds=1), NOW + timedelta(days=2))) == 1


def test_unknown_leads_and_questions_are_refused(store: Store, world: Callable[..., Merge]) -> None:
    world()
    with pytest.raises(BadInput, match="lead 'nobody' is not in the store"):
        log(store, [SCORE, SCORE | {"lead_id": "nobody"}])
    with pytest.raises(BadInput, match="question 'lists' is not known; use one of list, rep, pipeline"):
        log(store, [SCORE], question="lists")
    assert len(read(store)) == 0


def test_no_scores_are_logged_without_a_fault(store: Store) -> None:
    with store.transaction() as connection:
        none = pd.DataFrame([SCORE]).head(0)
        assert log_scores(connection, none, question="list", model_version="1", arrived_at=NOW) == 0
