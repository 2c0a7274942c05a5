"""What is kept and what is not, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from callworth.app import app
from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from data.store import Store
    from tests.callworth.conftest import CommandLine

CLIENTS = "client_id,name,currency,time_zone,occurred_at\nn,Client,DKK,Europe/Copenhagen,2025-01-01T00:00:00Z\n"
COMPANIES = "company_id,client_id,name,occurred_at\nc,n,Bageriet,2025-01-01T00:00:00Z\n"
CONTACTS = "contact_id,company_id,name,email,phone,occurred_at\np,c,Åse Ø,åse@bager.dk,33123456,2025-01-01T00:00:00Z\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """One person of one company."""
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in (("clients", CLIENTS), ("companies", COMPANIES), ("contacts", CONTACTS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_person_is_forgotten_once_somebody_says_yes(run: CommandLine, export: Path) -> None:
    assert run("import", export, "--mapping", "contract").status == 0
    asked = run("forget", "åse@bager.dk")
    assert (asked.status, asked.out) == (2, "")
    assert "contact p of client n, 0 leads" in asked.err
    assert "nothing was erased" in asked.err
    (run.home / "exports").mkdir()
    exported = run.home / "exports" / "hand-made.csv"
    exported.write_text("number\n33 12 34 56\n+4533123456\n", encoding="utf-8")
    done = run("forget", "åse@bager.dk", "--yes", "--json").json
    assert done.pop("files") == [str(exported)]
    assert done == {"contacts": 1, "leads": 0, "companies": 0, "quarantined": 0, "sharing": []}
    again = run("forget", "p", "--yes")
    assert (again.status, again.out) == (2, "")
    assert "nobody is found by that id" in again.err
    report = run("import", export, "--mapping", "contract", "--json").json
    assert (report["unchanged"], report["quarantined"]) == (2, 1)
    assert "contacts.csv, row 2: the person has been erased; leave the row out" in report["examples"][0]


@pytest.fixture
def here(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in this process, on the tests' own store."""
    monkeypatch.setenv("CALLWORTH_HOME", str(store.home))
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_maintenance_says_what_it_did(store: Store, here: Callable[..., Result]) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO erasures (erased_at) VALUES (now())")
    first = json.loads(here("maintain", "--json").stdout)
    assert first == {"deleted": {"lead_features": 0, "quarantine": 0}, "cleared": True, "left": []}
    assert "Nothing was erased since." in here("maintain").stdout


def test_a_backup_says_where_it_is_and_that_it_must_be_kept_well(here: Callable[..., Result], tmp_path: Path) -> None:
    made = here("backup", tmp_path / "b")
    assert made.stdout.startswith(f"{tmp_path / 'b'}: ")
    assert "It holds personal data and the secret" in made.stderr
    assert (tmp_path / "b" / "store.dump").exists()
    again = here("backup", tmp_path / "b").exception
    assert isinstance(again, BadInput)
    assert "b is there already" in str(again)


def test_two_ways_to_choose_clients_contradict_each_other(here: Callable[..., Result]) -> None:
    refused = here("forget", "p", "--client", "n", "--all-clients").exception
    assert "--client and --all-clients contradict each other" in str(refused)
