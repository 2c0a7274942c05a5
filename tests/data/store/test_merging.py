"""Merging: new rows, new versions, late rows, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.scores import log_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


def read_versions(store: Store, table: str, column: str) -> list[tuple[Any, ...]]:
    query = f"SELECT {column}, known_at, superseded_at, known_at_assumed FROM {table} ORDER BY known_at, superseded_at"
    with store.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def day(number: int) -> datetime:
    return datetime(2025, 1, number, tzinfo=UTC)


def test_new_rows_are_added_once(merge: Callable[..., Merge]) -> None:
    first = merge(clients=[{}])
    again = merge(clients=[{}])
    assert (first.changed, first.changed_rows) == ({"clients": 1}, {2})
    assert (again.changed, again.changed_rows) == ({"clients": 0}, set())


def test_a_change_without_a_stated_time_is_known_from_arrival(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW, companies=[{"industry": "IT"}])
    assert read_versions(store, "companies", "industry") == [
        (None, day(1), NOW, True),
        ("IT", NOW, None, False),
    ]


def test_a_late_row_falls_between_the_versions_that_are_there(store: Store, world: Callable[..., Merge]) -> None:
    world(companies=[{"company_id": "x", "industry": "a", "known_at": "2025-01-02T00:00:00Z"}])
    world(companies=[{"company_id": "x", "industry": "c", "known_at": "2025-01-06T00:00:00Z"}])
    world(companies=[{"company_id": "x", "industry": "b", "known_at": "2025-01-04T00:00:00Z"}])
    versions = [row for row in read_versions(store, "companies", "industry") if row[0]]
    assert versions == [("a", day(2), day(4), False), ("b", day(4), day(6), False), ("c", day(6), None, False)]


def test_a_correction_is_current_even_if_the_row_was_dated_to_the_future(
    store: Store, world: Callable[..., Merge]
) -> None:
    later = NOW + timedelta(days=30)
    known = later.isoformat()
    world(NOW, companies=[{"company_id": "x", "industry": "a", "known_at": known}])
    world(NOW + timedelta(days=1), companies=[{"company_id": "x", "industry": "b"}])
    versions = [row for row in read_versions(store, "companies", "industry") if row[0]]
    assert versions == [("a", later, later, False), ("b", later, None, False)]


def test_what_will_happen_is_known_from_its_arrival(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW, calls=[{"occurred_at": (NOW + timedelta(days=7)).isoformat()}])
    assert read_versions(store, "calls", "call_id") == [("x", NOW, None, True)]


def test_a_row_from_before_the_last_score_is_known_from_its_arrival(store: Store, world: Callable[..., Merge]) -> None:
    scored = datetime(2025, 3, 1, tzinfo=UTC)
    log_score(store, scored)
    before, after = scored - timedelta(hours=1), scored + timedelta(hours=1)
    found = world(
        NOW, calls=[{"call_id": str(i), "occurred_at": at.isoformat()} for i, at in enumerate((before, after))]
    )
    assert found.late == 1
    assert read_versions(store, "calls", "call_id") == [("1", after, None, True), ("0", NOW, None, False)]
    stated = {"call_id": "2", "occurred_at": before.isoformat(), "known_at": before.isoformat()}
    assert world(NOW, calls=[stated]).late == 0  # the source says when: it is believed


def test_another_client_s_scores_do_not_make_a_history_late(store: Store, world: Callable[..., Merge]) -> None:
    log_score(store, datetime(2025, 3, 1, tzinfo=UTC))
    other = {
        "clients": [{"client_id": "n2"}],
        "campaigns": [{"campaign_id": "k2", "client_id": "n2"}],
        "companies": [{"company_id": "c2", "client_id": "n2"}],
        "contacts": [{"contact_id": "p2", "company_id": "c2"}],
        "leads": [{"lead_id": "l2", "campaign_id": "k2", "company_id": "c2", "contact_id": "p2"}],
        "calls": [{"call_id": "x2", "lead_id": "l2"}],
        "deals": [{"deal_id": "d2", "lead_id": "l2"}],
    }
    assert world(NOW, **other).late == 0
    assert world(NOW, calls=[{"call_id": "y"}], consents=[{"consent": "given"}]).late == 2


def log_score(store: Store, as_of: datetime) -> None:
    score = {"lead_id": ["l"], "as_of": pd.to_datetime([as_of]), "features_hash": ["h"], "probability": [0.5]}
    with store.transaction() as connection:
        log_scores(connection, pd.DataFrame(score), question="list", model_version="1", arrived_at=as_of)


def test_of_two_contents_known_at_once_the_later_import_is_current(store: Store, world: Callable[..., Merge]) -> None:
    for industry in ("a", "b", "c"):
        world(companies=[{"company_id": "x", "industry": industry, "known_at": "2025-01-02T00:00:00Z"}])
    versions = [row for row in read_versions(store, "companies", "industry") if row[0]]
    assert [(content, ends) for content, _, ends, _ in versions] == [("a", day(2)), ("b", day(2)), ("c", None)]


def test_all_versions_in_one_import(store: Store, world: Callable[..., Merge]) -> None:
    rows = [{"company_id": "x", "industry": i, "known_at": f"2025-01-0{n}T00:00:00Z"} for n, i in ((4, "b"), (2, "a"))]
    assert world(companies=rows).changed == {"companies": 2}
    versions = [row for row in read_versions(store, "companies", "industry") if row[0]]
    assert versions == [("a", day(2), day(4), False), ("b", day(4), None, False)]


def test_older_versions_in_a_file_seen_before_are_no_news(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW, companies=[{"industry": "IT"}])
    assert world(NOW + timedelta(days=1), seen_before=True, companies=[{}]).changed == {"companies": 0}
    assert world(NOW + timedelta(days=1), companies=[{}]).changed == {"companies": 1}
    assert [row[0] for row in read_versions(store, "companies", "industry")] == [None, "IT", None]


def test_an_entity_repeated_on_rows_of_other_dates_has_one_version(store: Store, merge: Callable[..., Merge]) -> None:
    merge(clients=[{"occurred_at": "2025-01-05T00:00:00Z"}, {"occurred_at": "2025-01-03T00:00:00Z"}])
    assert read_versions(store, "clients", "name") == [("Client", day(3), None, True)]


def test_an_event_of_another_date_is_a_new_version(store: Store, world: Callable[..., Merge]) -> None:
    world(calls=[{}])
    assert world(calls=[{"occurred_at": "2025-01-05T00:00:00Z"}]).changed == {"calls": 1}
    assert len(read_versions(store, "calls", "call_id")) == 2


def test_of_different_rows_with_one_key_the_first_stays(store: Store, world: Callable[..., Merge]) -> None:
    merge = world(calls=[{}, {"talk_seconds": "7"}, {}])
    assert [(problem.row, problem.rule) for problem in merge.refused] == [(3, "call_id: twice")]
    assert len(read_versions(store, "calls", "talk_seconds")) == 1


def test_an_unknown_parent_takes_its_children_with_it(store: Store, merge: Callable[..., Merge]) -> None:
    found = merge(
        clients=[{}],
        campaigns=[{}],
        companies=[{}, {"company_id": "lost", "client_id": "nobody"}],
        contacts=[{}, {}, {"contact_id": "q", "company_id": "lost"}],
        leads=[{}, {}, {}, {"lead_id": "m", "company_id": "lost", "contact_id": ""}],
        calls=[{}, {}, {}, {}, {"call_id": "y", "lead_id": "m"}],
    )
    assert {problem.row: problem.rule for problem in found.refused} == {
        3: "client_id: unknown",
        4: "company_id: unknown",
        5: "company_id: unknown",
        6: "lead_id: unknown",
    }
    assert [row[0] for row in read_versions(store, "leads", "lead_id")] == ["l"]
    assert [row[0] for row in read_versions(store, "calls", "call_id")] == ["x"]


def test_a_refused_source_row_is_in_no_table(store: Store, world: Callable[..., Merge]) -> None:
    found = world(
        companies=[{"company_id": "new"}],
        leads=[{"lead_id": "new", "company_id": "new", "campaign_id": "nobody"}],
    )
    assert found.changed_rows == set()
    assert [row[0] for row in read_versions(store, "companies", "company_id")] == ["c"]


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ({"deals": [{}]}, {"lead_stages": [{"stage": "lost"}]}, "won"),
        ({"lead_stages": [{"stage": "lost"}]}, {"deals": [{}]}, "lost"),
    ],
)
def test_a_second_outcome_is_refused(world: Callable[..., Merge], first: Any, second: Any, word: str) -> None:
    world(**first)
    (problem,) = world(**second).refused
    assert problem.sentence("f.csv") == (
        f"f.csv, row 2, column 'lead_id', value 'l': the lead is already {word}, and a lead has one outcome; "
        "keep the outcome that is true."
    )


def test_two_outcomes_in_one_row_are_refused(store: Store, world: Callable[..., Merge]) -> None:
    assert [p.rule for p in world(deals=[{}], lead_stages=[{"stage": "lost"}]).refused] == ["lead_id: two outcomes"]
    assert read_versions(store, "deals", "deal_id") == read_versions(store, "lead_stages", "stage") == []


def test_a_lead_may_have_two_deals_and_other_stages(world: Callable[..., Merge]) -> None:
    found = world(deals=[{}, {"deal_id": "e"}], lead_stages=[{"stage": "won"}, {"lead_stage_id": "u", "stage": "new"}])
    assert found.refused == []


def test_text_comes_back_as_it_was(store: Store, world: Callable[..., Merge]) -> None:
    name = 'Ærø "A/S", \\N \\. \n; en, to\u00a0'
    world(companies=[{"company_id": "x", "name": name.strip()}, {"company_id": "y", "name": "''"}])
    assert {row[0] for row in read_versions(store, "companies", "name")} == {None, name.strip(), "''"}


def test_imports_in_threads_wait_for_each_other(store: Store, merge: Callable[..., Merge]) -> None:
    merge(clients=[{}])

    def write(number: int) -> int:
        rows = [{"company_id": f"c{i}", "industry": "same"} for i in range(200)]
        return merge(NOW + timedelta(seconds=number), companies=rows).changed["companies"]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [0, 0, 0, 200]
    assert len(read_versions(store, "companies", "company_id")) == 200
