from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import sqlalchemy as sa

from data.erasure import forget_people
from data.errors import BadInput
from data.store import read_tables
from features import hash_row
from serving.champion import Champion
from serving.faults import Conflict, NotFound
from serving.messages import CallReport
from serving.reported_calls import report_call
from training import score_questions

if TYPE_CHECKING:
    from serving.desk import Desk


def test_a_call_is_recorded_once_and_its_score_follows(world: Any, desk: Desk, make_report: Any) -> None:
    report = CallReport.model_validate(make_report("once"))
    before = _queued(world, report.lead_id)
    answer = report_call(desk, report, None)
    assert answer.recorded
    assert answer.score is not None
    assert answer.score.as_of > before.as_of
    assert not report_call(desk, report, None).recorded
    assert report_call(desk, report, None).score == answer.score

    tables = read_tables(world.store)
    assert tables["calls"].to_pandas()["call_id"].tolist().count("once") == 1
    asked = pd.DataFrame(
        {"lead_id": pd.Series([report.lead_id], dtype="str"), "as_of": pd.Timestamp(answer.score.as_of).as_unit("us")}
    )
    offline = score_questions(tables, asked, world.artefact)
    assert answer.score.probability == offline.scores["probability"][0]
    assert answer.score.expected_value_minor == offline.scores["expected_value_minor"][0]
    queued = _queued(world, report.lead_id)
    assert (queued.probability, queued.as_of) == (answer.score.probability, answer.score.as_of)
    with world.store.transaction() as connection:
        kept = connection.execute(
            sa.text("SELECT row FROM lead_features WHERE lead_id = :lead"), {"lead": report.lead_id}
        ).scalar_one()
        logged = connection.execute(
            sa.text("SELECT question, features_hash FROM scores WHERE lead_id = :lead AND occurred_at = :as_of"),
            {"lead": report.lead_id, "as_of": answer.score.as_of},
        ).one()
    assert tuple(logged) == ("list", hash_row(offline.matrix[0]))
    assert hash_row(pd.Series(kept, dtype="float64").to_numpy()) == logged.features_hash


def test_the_lease_ends_for_the_agent_who_reports(world: Any, desk: Desk, make_report: Any) -> None:
    report = CallReport.model_validate(make_report("lease"))
    for agent, left in ((report.agent_id, None), ("someone else", "someone else")):
        with world.store.transaction() as connection:
            connection.execute(
                sa.text(
                    "UPDATE call_queue SET leased_by = :agent, leased_until = now() + interval '1 hour'"
                    " WHERE lead_id = :lead"
                ),
                {"agent": agent, "lead": report.lead_id},
            )
        report_call(desk, report, None)
        assert _queued(world, report.lead_id).leased_by == left


def test_the_same_id_with_other_content_is_a_conflict(desk: Desk, make_report: Any) -> None:
    report_call(desk, CallReport.model_validate(make_report("twice")), None)
    for change in ({"talk_seconds": 121}, {"disposition": "busy"}, {"occurred_at": "2026-06-17T09:57:00Z"}):
        with pytest.raises(Conflict, match="the call 'twice' was reported before with other content"):
            report_call(desk, CallReport.model_validate(make_report("twice", **change)), None)


def test_one_of_many_reports_at_once_is_recorded(desk: Desk, make_report: Any) -> None:
    report = CallReport.model_validate(make_report("crowd"))
    with ThreadPoolExecutor(8) as dialers:
        answers = list(dialers.map(lambda _: report_call(desk, report, None).recorded, range(8)))
    assert sorted(answers) == [False] * 7 + [True]


def test_a_score_that_was_missed_is_made_up_for(world: Any, desk: Desk, make_report: Any) -> None:
    report = CallReport.model_validate(make_report("missed"))
    loaded, desk.champion = desk.champion, Champion(world.settings)
    first = report_call(desk, report, None)
    assert first.recorded
    desk.champion = loaded
    second = report_call(desk, report, None)
    assert not second.recorded
    assert first.score is not None
    assert second.score is not None
    assert second.score.as_of > first.score.as_of


def test_do_not_call_is_heard_by_the_gate(world: Any, desk: Desk, make_report: Any) -> None:
    from data.gate import may_call

    report = CallReport.model_validate(make_report("stop", disposition="do_not_call"))
    report_call(desk, report, None)
    with world.store.transaction() as connection:
        assert may_call(connection, [report.lead_id], desk.clock())["rule"][0] == "do_not_call"


def test_a_lead_that_is_lost_leaves_the_queue(world: Any, desk: Desk, make_report: Any) -> None:
    report = CallReport.model_validate(make_report("lost", disposition="not_interested"))
    with world.store.transaction() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO lead_stages (lead_stage_id, lead_id, stage, lost_reason, occurred_at, known_at,"
                " known_at_assumed) VALUES ('lost now', :lead, 'lost', 'no_need', :at, :at, FALSE)"
            ),
            {"lead": report.lead_id, "at": report.occurred_at},
        )
    answer = report_call(desk, report, None)
    assert answer.recorded
    assert answer.score is None
    assert _queued(world, report.lead_id) is None


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"lead_id": "nobody"}, NotFound, "the lead 'nobody' is not known"),
        ({"agent_id": "nobody"}, BadInput, "the agent 'nobody' is not known"),
        ({"occurred_at": "2026-06-17T10:06:00Z"}, BadInput, "the call lies in the future"),
    ],
)
def test_what_is_refused_leaves_nothing(
    world: Any, desk: Desk, make_report: Any, change: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        report_call(desk, CallReport.model_validate(make_report("refused", **change)), None)
    with world.store.transaction() as connection:
        assert not connection.scalar(sa.text("SELECT count(*) FROM calls WHERE call_id = 'refused'"))


def test_a_foreign_lead_is_not_known(desk: Desk, make_report: Any) -> None:
    with pytest.raises(NotFound):
        report_call(desk, CallReport.model_validate(make_report("foreign")), "another client")


def _queued(world: Any, lead_id: str) -> Any:
    with world.store.transaction() as connection:
        return connection.execute(
            sa.text("SELECT * FROM call_queue WHERE lead_id = :lead"), {"lead": lead_id}
        ).one_or_none()


def test_a_call_of_an_erased_lead_is_one_of_an_unknown_lead(world: Any, desk: Desk, make_report: Any) -> None:
    with world.store.transaction() as connection:
        lead, contact = connection.exec_driver_sql(
            "SELECT lead_id, contact_id FROM leads JOIN lead_stages USING (lead_id)"
            " WHERE stage = 'lost' AND contact_id IS NOT NULL ORDER BY lead_id LIMIT 1"
        ).one()
        forget_people(connection, world.settings.home, [contact], at=desk.clock())
    with pytest.raises(NotFound, match="is not known"):
        report_call(desk, CallReport.model_validate(make_report("late", lead_id=lead)), None)
    calls = read_tables(world.store, ["calls"])["calls"].to_pandas()
    assert lead not in set(calls["lead_id"])
