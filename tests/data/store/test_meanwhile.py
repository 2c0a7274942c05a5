"""Scores given while an import is under way can be given again: they saw none of its rows, and never will have."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitingError
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.imports.formats import read_chunks
from data.imports.importing import import_source
from data.imports.mapping import load_mapping
from data.imports.quarantine import export_quarantine, release_quarantine
from data.imports.suppression_lists import suppress_file
from data.scores import log_scores
from data.store import read_tables
from data.store.meanwhile import lock_scores
from data.visible import open_visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlalchemy as sa

    from data.frames import Tables
    from data.imports.report import ImportReport
    from data.store import Store
    from data.store.merging import Merge

ARRIVED = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
SCORED = ARRIVED + timedelta(minutes=1)
HEADER = "call_id,lead_id,talk_seconds,disposition,occurred_at,known_at\n"


@pytest.fixture
def leads(world: Callable[..., Merge]) -> None:
    """The leads l and m of one company, each with a call."""
    calls = [{"call_id": name, "lead_id": name, "occurred_at": "2025-02-01T00:00:00Z"} for name in ("l", "m")]
    world(leads=[{"lead_id": "m"}], calls=calls)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Calls of l and m that happened long ago, one of them stated, and corrections of what is known of them."""
    rows = [f"{lead}{n},{lead},1,busy,2025-03-0{n}T00:00:00Z," for n in (1, 2) for lead in ("l", "m")]
    rows += ["stated,l,1,busy,2025-03-03T00:00:00Z,2025-03-03T00:00:00Z", "l,l,9,busy,2025-02-01T00:00:00Z,"]
    (tmp_path / "companies.csv").write_text("company_id,client_id,industry,occurred_at\nc,n,IT,2025-01-01T00:00:00Z\n")
    (tmp_path / "calls.csv").write_text(HEADER + "\n".join(rows) + "\n")
    return tmp_path


def bring(store: Store, folder: Path, **options: Any) -> ImportReport:
    return import_source(store, folder, load_mapping("contract"), arrived_at=ARRIVED, **options)


def log(connection: sa.Connection, lead: str, as_of: datetime = SCORED) -> None:
    score = {"lead_id": [lead], "as_of": pd.to_datetime([as_of]), "features_hash": ["h"], "probability": [0.5]}
    log_scores(connection, pd.DataFrame(score), question="rep", model_version="1", arrived_at=as_of)


def see(tables: Tables, lead: str, as_of: datetime) -> list[Any]:
    """What a score of a lead as of a moment rests on, without the row whose source states that it was known."""
    with open_visible(tables, ("calls", "companies"), as_of) as duck:
        which = f"lead_id = '{lead}' AND call_id <> 'stated'"
        calls = duck.execute(f"SELECT call_id, talk_seconds FROM calls WHERE {which} ORDER BY call_id").fetchall()
        return calls + duck.execute("SELECT company_id, industry FROM companies").fetchall()


def count_noted(store: Store) -> int:
    with store.transaction() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM scored_meanwhile").scalar_one())


@pytest.mark.usefixtures("leads")
def test_a_score_given_between_two_chunks_can_be_given_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.imports.one_file.read_chunks", lambda source: read_chunks(source, block_bytes=120))
    before, told = dict(read_tables(store)), []

    def score_once(file: str, rows: int) -> None:
        told.append((file, rows))
        if [name for name, _ in told].count("calls.csv") == 1 and file == "calls.csv":
            with store.transaction() as connection:
                log(connection, "l")

    report = bring(store, folder, progress=score_once)
    after = read_tables(store)
    assert len(told) > 2  # so the score was given between two chunks
    assert report.late == 2  # l1 and l2; the corrections are known from the score on, but were from arrival anyway
    assert see(after, "l", SCORED) == see(before, "l", SCORED)
    assert see(before, "l", SCORED) == [("l", 0), ("c", None)]
    assert see(after, "l", SCORED + timedelta(microseconds=1)) == [("l", 9), ("l1", 1), ("l2", 1), ("c", "IT")]
    with store.transaction() as connection:
        known = connection.exec_driver_sql("SELECT call_id, known_at_assumed FROM calls WHERE superseded_at IS NULL")
        assert dict(tuple(row) for row in known) == {
            "l": False, "l1": False, "l2": False, "m": True, "m1": True, "m2": True, "stated": False,
        }  # fmt: skip
    assert count_noted(store) == 0


@pytest.mark.usefixtures("leads")
def test_a_score_that_is_being_given_when_an_import_ends_is_waited_for(store: Store, folder: Path) -> None:
    before = dict(read_tables(store))
    with ThreadPoolExecutor(1) as pool, store.transaction() as connection:

        def begin_to_score(file: str, _: int) -> None:
            if file == "calls.csv":
                lock_scores(connection)

        running = pool.submit(bring, store, folder, progress=begin_to_score)
        with pytest.raises(StillWaitingError):
            running.result(timeout=0.4)
        log(connection, "l")
        connection.commit()
        assert running.result(timeout=20).late == 2
    assert see(read_tables(store), "l", SCORED) == see(before, "l", SCORED)


@pytest.mark.usefixtures("leads")
def test_an_import_begins_after_the_scores_that_are_being_given(store: Store, folder: Path) -> None:
    before = dict(read_tables(store))
    with ThreadPoolExecutor(1) as pool, store.transaction() as connection:
        lock_scores(connection)
        running = pool.submit(bring, store, folder)
        with pytest.raises(StillWaitingError):
            running.result(timeout=0.2)
        log(connection, "l")
        connection.commit()
        assert running.result(timeout=20).late == 4  # the client was scored: all that it brings
    assert see(read_tables(store), "l", SCORED) == see(before, "l", SCORED)
    assert count_noted(store) == 0


@pytest.mark.usefixtures("leads")
def test_nothing_is_noted_while_nothing_is_imported(store: Store) -> None:
    with store.transaction() as connection:
        log(connection, "l")
    assert count_noted(store) == 0


def note(store: Store) -> None:
    """As if l had been scored while what comes next was under way."""
    with store.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO scored_meanwhile VALUES ('l', %s)", (SCORED,))


def test_a_list_of_whom_nobody_may_call_is_known_after_such_a_score(
    store: Store, world: Callable[..., Merge], tmp_path: Path
) -> None:
    world(contacts=[{"phone": "+4533123456"}])
    note(store)
    (tmp_path / "list.csv").write_text("phone\n+4533123456\n")
    suppress_file(store, tmp_path / "list.csv", "internal", client_id=None, at=ARRIVED)
    query = "SELECT known_at FROM contacts WHERE do_not_call AND superseded_at IS NULL"
    with store.transaction() as connection:
        assert connection.exec_driver_sql(query).scalars().all() == [SCORED]
    assert count_noted(store) == 0


def test_rows_released_from_quarantine_are_known_after_such_a_score(
    store: Store, world: Callable[..., Merge], tmp_path: Path
) -> None:
    world()
    (tmp_path / "calls.csv").write_text(HEADER + "new,l,-1,busy,2025-03-01T00:00:00Z,\n")
    assert bring(store, tmp_path).quarantined == 1
    with store.transaction() as connection:
        export_quarantine(connection, tmp_path / "mended.csv")
    text = (tmp_path / "mended.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "mended.csv").write_text(text.replace(";-1;", ";1;"), encoding="utf-8")
    note(store)
    assert release_quarantine(store, tmp_path / "mended.csv", arrived_at=ARRIVED).late == 1
    with store.transaction() as connection:
        assert connection.exec_driver_sql("SELECT known_at FROM calls").scalars().all() == [SCORED]
