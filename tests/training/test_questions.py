from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.frames import to_arrow
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


def test_the_weight_of_a_question_is_known_when_it_is_asked(history: Tables) -> None:
    questions = ask_questions(history, datetime(2026, 1, 1, tzinfo=UTC))
    number = questions.groupby("lead_id").cumcount() + 1
    assert number.max() > 12
    assert (questions["weight"] == np.minimum(1, 12 / number)).all()


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


def test_an_outcome_that_was_corrected_later_ends_the_questions_when_it_was_first_seen(small: Tables) -> None:
    won, corrected = datetime(2026, 2, 15, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)
    deals = make_versions("deal_id", [(won, won, corrected), (won, corrected, None)], amount_minor=1, currency="DKK")
    tables = small | {"deals": to_arrow("deals", deals)}
    assert _of(ask_questions(tables, CUT), "a") == _of(ask_questions(small, CUT), "a")
    lead = read_outcomes(tables, CUT).set_index("lead_id").loc["a"]
    assert (lead["outcome"], lead["seen_at"], lead["closed_at"]) == ("won", won, won)


def test_a_loss_taken_back_leaves_a_gap_in_the_questions(small: Tables) -> None:
    lost, taken_back = datetime(2026, 1, 25, tzinfo=UTC), datetime(2026, 2, 15, tzinfo=UTC)
    versions = make_versions("lead_stage_id", [(lost, lost, taken_back), (lost, taken_back, None)], lead_id="b")
    stages = to_arrow("lead_stages", versions.assign(stage=["lost", "qualified"]))
    months = [moment for moment, question in _of(ask_questions(small | {"lead_stages": stages}, CUT), "b")]
    assert months == ["01-20 00:00", "01-21 10:00", "02-15 00:00", "03-01 00:00"]


DAYS = st.integers(0, 80)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(DAYS, DAYS), max_size=3, unique_by=lambda days: days[1]),
    st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["lost", "qualified"])), max_size=3, unique_by=lambda days: days[1]),
)
def test_no_question_is_asked_about_a_lead_that_was_not_open(
    deals: list[tuple[int, int]], stages: list[tuple[int, int, str]]
) -> None:
    def chain(known: list[int], happened: list[int]) -> list[tuple[datetime, datetime, datetime | None]]:
        first = datetime(2026, 1, 1, tzinfo=UTC)
        ends = [*known[1:], *([None] if known else [])]
        day = timedelta(days=1)
        return [
            (first + h * day, first + k * day, None if e is None else first + e * day)
            for h, k, e in zip(happened, known, ends, strict=True)
        ]

    deals.sort(key=lambda row: row[1])
    stages.sort(key=lambda row: row[1])
    won = make_versions("deal_id", chain([k for _, k in deals], [h for h, _ in deals]), amount_minor=1, currency="DKK")
    moved = make_versions("lead_stage_id", chain([k for _, k, _ in stages], [h for h, _, _ in stages]))
    lead = make_versions("lead_id", chain([0], [0]), campaign_id="k", company_id="x")
    tables = {
        "leads": to_arrow("leads", lead),
        "deals": to_arrow("deals", won),
        "lead_stages": to_arrow("lead_stages", moved.assign(stage=[stage for _, _, stage in stages])),
    }
    for as_of in ask_questions(tables, datetime(2026, 4, 1, tzinfo=UTC))["as_of"]:
        assert list(ask_open_leads(tables, as_of)["lead_id"]) == ["a"]


def make_versions(
    key: str, versions: list[tuple[datetime, datetime, datetime | None]], **columns: object
) -> pd.DataFrame:
    """The versions of one row: when it happened, from when it was known, until when."""
    moments = {
        name: pd.Series([version[place] for version in versions], dtype="datetime64[us, UTC]")
        for place, name in enumerate(("occurred_at", "known_at", "superseded_at"))
    }
    return pd.DataFrame(moments).assign(**{"lead_id": "a", key: "a"} | columns)
