"""The scores that were given."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from data.errors import BadInput
from data.frames import to_arrow
from monitoring.given import read_first_scores, read_last_scores, require_month

AS_OF = datetime(2026, 5, 1, tzinfo=UTC)


def make_scores(*rows: tuple[str, str, float], **more: object) -> dict[str, object]:
    frame = pd.DataFrame(rows, columns=["lead_id", "occurred_at", "probability"])
    frame["occurred_at"] = pd.to_datetime(frame["occurred_at"], utc=True, format="ISO8601")
    frame["score_id"] = [str(number) for number in range(len(frame))]
    return {"scores": to_arrow("scores", frame.assign(model_version="1", question="list", **more))}


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "march", "", "2026-03-01", "2026-00"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(BadInput, match="YYYY-MM"):
        require_month(month)


def test_last_and_first_score_of_each_lead() -> None:
    tables = make_scores(
        ("a", "2026-03-31T23:59:59", 0.3), ("a", "2026-03-01", 0.1), ("b", "2026-03-05", 0.2), ("a", "2026-04-01", 0.4)
    )
    last = read_last_scores(tables, "2026-03", AS_OF)
    assert last[["lead_id", "probability", "given"]].to_numpy().tolist() == [["a", 0.3, 2], ["b", 0.2, 1]]
    first = read_first_scores(tables, AS_OF)
    assert first[["lead_id", "month", "probability"]].to_numpy().tolist() == [
        ["a", "2026-03", 0.1],
        ["b", "2026-03", 0.2],
        ["a", "2026-04", 0.4],
    ]


def test_a_month_without_scores_names_those_that_have_some() -> None:
    tables = make_scores(("a", "2026-03-01", 0.1), ("a", "2026-01-01", 0.1))
    with pytest.raises(BadInput, match=r"no scores were logged in 2026-02; months with scores are 2026-01, 2026-03\."):
        read_last_scores(tables, "2026-02", AS_OF)
    with pytest.raises(BadInput, match="no month has any"):
        read_last_scores({}, "2026-02", AS_OF)


@pytest.mark.parametrize(
    ("column", "moment", "seen"),
    [
        ("occurred_at", "2026-05-01", True),
        ("occurred_at", "2026-05-01 00:00:00.000001", False),
        ("known_at", "2026-07-01", True),  # computed later, of that moment
        ("superseded_at", "2026-05-01", True),
        ("superseded_at", "2026-04-30", False),
    ],
)
def test_only_what_was_known_is_seen(column: str, moment: str, seen: bool) -> None:
    tables = make_scores(("a", "2026-03-01", 0.1), **{column: pd.Timestamp(moment, tz="UTC")})
    assert len(read_first_scores(tables, AS_OF)) == int(seen)
