from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from training.questions import ask_open_leads, ask_questions, read_outcomes

if TYPE_CHECKING:
    from data.frames import Tables

CUT = datetime(2026, 3, 10, tzinfo=UTC)


def _of(questions: pd.DataFrame, lead: str) -> list[tuple[str, str]]:
    rows = questions[questions["lead_id"] == lead]
    return [(f"{row.as_of:%m-%d %H:%M}", row.question) for row in rows.itertuples()]


def test_a_lead_is_asked_about_at_creation_before_calls_at_stages_and_month_ends(small: Tables) -> None:
    questions = ask_questions(small, CUT)
    assert _of(questions, "a") == [
        ("01-10 00:00", "rep"),
        ("01-11 10:00", "list"),
        ("01-12 10:00", "list"),
        ("01-12 11:00", "rep"),
        ("02-01 00:00", "pipeline"),
    ]


def test_a_loss_ends_the_questions_only_once_it_is_known(small: Tables) -> None:
    # Lost on 25 January, known on 1 February: the product would still have been asked at the month's end.
    assert _of(ask_questions(small, CUT), "b")[-1] == ("02-01 00:00", "pipeline")


def test_outcomes_are_those_known_at_the_cut(small: Tables) -> None:
    before = ask_questions(small, datetime(2026, 2, 1, tzinfo=UTC))
    assert set(before["outcome"]) == {"open"}
    after = ask_questions(small, CUT).drop_duplicates("lead_id").set_index("lead_id")["outcome"]
    assert after.to_dict() == {"a": "won", "b": "lost", "c": "open"}


@pytest.mark.parametrize(
    ("lead", "as_of", "days"),
    [
        ("a", "2026-02-01", 14.0),  # won on 15 February
        ("b", "2026-01-21 10:00", 3 + 14 / 24),  # lost on 25 January
        ("b", "2026-02-01", 0.0),  # had already happened, was not yet known
        ("c", "2026-03-01 00:00:00.000001", 9.0),  # open for nine days at the cut
    ],
)
def test_days_run_from_the_question_to_the_outcome_or_the_cut(
    small: Tables, lead: str, as_of: str, days: float
) -> None:
    questions = ask_questions(small, CUT).set_index(["lead_id", "as_of"])
    assert questions.loc[(lead, pd.Timestamp(as_of, tz="UTC")), "days"] == pytest.approx(days, abs=1e-6)


def test_the_weights_of_a_lead_add_up_to_one(history: Tables) -> None:
    questions = ask_questions(history, datetime(2026, 1, 1, tzinfo=UTC))
    sums = questions.groupby("lead_id")["weight"].sum()
    assert ((sums - 1).abs() < 1e-9).all()


def test_the_past_does_not_depend_on_the_future(history: Tables) -> None:
    cut = datetime(2025, 9, 1, tzinfo=UTC)
    earlier = {name: _only_before(rows, cut) for name, rows in history.items()}
    pd.testing.assert_frame_equal(ask_questions(history, cut), ask_questions(earlier, cut))


def _only_before(rows: object, cut: datetime) -> object:
    frame = rows.to_pandas()  # type: ignore[attr-defined]
    known = (frame["occurred_at"] < cut) & (frame["known_at"] < cut)
    return rows.filter(known.to_numpy())  # type: ignore[attr-defined]


def test_open_leads_are_those_known_and_without_an_outcome(small: Tables) -> None:
    assert list(ask_open_leads(small, datetime(2026, 1, 30, tzinfo=UTC))["lead_id"]) == ["a", "b"]
    assert list(ask_open_leads(small, CUT)["lead_id"]) == ["c"]


def test_outcomes_carry_when_they_happened_and_when_they_were_seen(small: Tables) -> None:
    lost = read_outcomes(small, CUT).set_index("lead_id").loc["b"]
    assert (f"{lost.closed_at:%m-%d}", f"{lost.seen_at:%m-%d}") == ("01-25", "02-01")
