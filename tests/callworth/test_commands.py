from __future__ import annotations

import re
import shlex
import socket
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from callworth.app import app
from data.errors import BadInput, NotBuilt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.callworth.conftest import CommandLine

COMMANDS = {
    *("demo", "simulate", "import", "mapping list", "mapping show", "mapping suggest"),
    *("quarantine list", "quarantine export", "quarantine release"),
    *("duplicates list", "duplicates log", "duplicates merge", "duplicates undo"),
    *("hygiene", "suppress", "forget", "features", "train", "backtest", "score", "verify", "call-list", "roi", "trace"),
    *("maintain", "backup", "restore", "audit", "check", "promote", "rollback", "key new", "key revoke", "serve"),
}
UNBUILT = {"trace", "audit"}

LEADS = """lead_id;cvr;firma;oprettet;resultat;region
1;12345678;Brød & Kød;2026-01-05;vundet;Ærø
2;12345678;Måløv Smedje;2026-01-06;tabt;Fyn
"""
MAPPING = """
[source]
time_zone = "Europe/Copenhagen"

[tables.clients]
client_id = { value = "c" }
name = { value = "Klient" }
currency = { value = "DKK" }
time_zone = { value = "Europe/Copenhagen" }
occurred_at = { value = "2025-01-01" }

[tables.companies]
company_id = { column = "lead_id", prefix = "company-" }
client_id = { value = "c" }
registration_id = "cvr"
name = "firma"
region = "region"
occurred_at = { value = "2025-01-01" }

[tables.campaigns]
campaign_id = { value = "k" }
client_id = { value = "c" }
name = { value = "Kampagne" }
calls_without_consent = { value = true }
occurred_at = { value = "2025-01-01" }

[tables.leads]
lead_id = "lead_id"
campaign_id = { value = "k" }
company_id = { column = "lead_id", prefix = "company-" }
occurred_at = "oprettet"

[tables.lead_stages]
where = { column = "resultat", values = ["tabt"] }
lead_stage_id = { column = "lead_id", prefix = "lost-" }
lead_id = "lead_id"
stage = { value = "lost" }
occurred_at = "oprettet"
"""


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes an export and its mapping."""

    def write(text: str = LEADS, encoding: str = "utf-8") -> tuple[Path, Path]:
        source, mapping = tmp_path / "leads.csv", tmp_path / "leads.toml"
        source.write_bytes(text.encode(encoding))
        mapping.write_text(MAPPING, encoding="utf-8")
        return source, mapping

    return write


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_of_the_plan_explains_itself(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert command in result.output


def list_built(command: Any = None, words: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Each command that does something, with its name."""
    command = command or get_command(app)
    if below := getattr(command, "commands", {}):
        return [found for name, each in below.items() for found in list_built(each, (*words, name))]
    return [(" ".join(words), command)] if words[0] not in UNBUILT else []


def test_every_command_gives_an_example_that_it_understands() -> None:
    built = list_built()
    assert {"import", "key new", "duplicates log", "quarantine list"} <= dict(built).keys()
    for name, command in built:
        found = re.search(r"Example: (callworth .*)", command.help)
        assert found, f"callworth {name} --help shows no example"
        (line,) = found.groups()
        assert line.startswith(f"callworth {name}"), line
        typed = re.sub(r"\$\(.*?\)", "today", line.split(" > ")[0])  # what the shell fills in, and what it takes away
        words = shlex.split(typed)[1 + len(name.split()) :]
        command.make_context(name, words).close()  # read as the command line reads it, and not done


@pytest.mark.parametrize("command", sorted(UNBUILT))
def test_what_is_not_built_is_refused(command: str) -> None:
    result = CliRunner().invoke(app, [command, "anything", "--json"])
    assert isinstance(result.exception, NotBuilt)


def test_what_is_not_built_says_so(run: CommandLine) -> None:
    result = run("audit", "--json")
    assert result.status == 3
    assert result.out == ""
    assert "callworth audit" in result.err
    assert "not built yet" in result.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_danish_letters_arrive_in_every_encoding(
    run: CommandLine, files: Callable[..., tuple[Path, Path]], encoding: str
) -> None:
    source, mapping = files(encoding=encoding)
    first = run("import", source, "--mapping", mapping, "--json")
    assert first.status == 0, first.err
    assert (first.json["read"], first.json["accepted"], first.json["quarantined"]) == (2, 2, 0)
    again = run("import", source, "--mapping", mapping, "--json").json
    assert (again["accepted"], again["unchanged"]) == (0, 2)
    report = run("call-list", "--campaign", "k", "--as-of", "2026-01-07T10:00+01:00", "--json")
    assert report.status == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace(";oprettet", ";dato"), "row 1, column 'oprettet'"),
        (lambda _: "", "the file is empty"),
    ],
)
def test_a_bad_file_gives_one_sentence_and_changes_nothing(
    run: CommandLine, files: Callable[..., tuple[Path, Path]], change: Callable[[str], str], says: str
) -> None:
    source, mapping = files(change(LEADS))
    result = run("import", source, "--mapping", mapping, "--strict", "--json")
    assert result.status == 2
    assert says in result.err
    assert result.out == ""
    files()
    assert run("import", source, "--mapping", mapping, "--json").json["accepted"] == 2


def test_strict_tells_the_counts_and_imports_nothing(run: CommandLine, files: Callable[..., tuple[Path, Path]]) -> None:
    source, mapping = files(LEADS.replace("2026-01-06", "2026-02-30"))
    result = run("import", source, "--mapping", mapping, "--strict", "--json")
    assert result.status == 1
    assert {name: result.json[name] for name in ("read", "accepted", "unchanged", "quarantined", "imported")} == {
        "read": 2, "accepted": 1, "unchanged": 0, "quarantined": 1, "imported": False,
    }  # fmt: skip
    assert "1 of 2 rows break the contract, so nothing was imported; the first: leads.csv, row 3" in result.err
    files()
    assert run("import", source, "--mapping", mapping, "--json").json["accepted"] == 2


def test_a_folder_with_a_stranger_that_is_there_already(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(
        "client_id,name,currency,time_zone,occurred_at\nn,Client,DKK,Europe/Copenhagen,2025-01-01T00:00:00Z\n",
        encoding="utf-8",
    )
    (tmp_path / "notes.csv").write_text("a\n", encoding="utf-8")
    first = run("import", tmp_path, "--mapping", "contract")
    assert first.status == 0
    assert "Not read, since the mapping names no such files: notes.csv." in first.err
    assert "Nothing changed" not in first.err
    assert "Nothing changed: the store has all these rows already." in run(
        "import", tmp_path, "--mapping", "contract"
    ).err  # fmt: skip


@pytest.mark.parametrize("command", [("quarantine", "export"), ("simulate", "--leads", 1, "--months", 6)])
def test_what_cannot_be_written_is_told(run: CommandLine, tmp_path: Path, command: tuple[object, ...]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(*command, tmp_path / "file" / "in it")
    assert (result.status, result.out) == (3, "")
    assert "cannot be written (Not a directory); name another place." in result.err
    assert "Traceback" not in result.err


def test_a_missing_file_is_bad_input(run: CommandLine, tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.csv", "--mapping", "uci-bank")
    assert result.status == 2
    assert "none.csv: there is no such file" in result.err


def test_an_unreachable_database_is_the_environment(run: CommandLine) -> None:
    result = run("quarantine", "list", CALLWORTH_DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/x")
    assert result.status == 3
    assert "does not answer" in result.err
    assert "geheim" not in result.err


def test_training_on_too_little_says_what_is_missing_and_lists_still_come(
    run: CommandLine, files: Callable[..., tuple[Path, Path]]
) -> None:
    source, mapping = files(LEADS.replace("tabt", "i gang"))
    run("import", source, "--mapping", mapping)
    trained = run("train", "--as-of", "2026-03-01")
    assert trained.status == 0
    assert "40 more won leads and 40 more lost leads" in " ".join(trained.out.split())
    scored = run("score", "--as-of", "2026-03-02", "--json")
    assert (scored.status, scored.json["scored"]) == (0, 2)
    assert 0 < scored.json["mean_probability"] < 0.1
    listed = run("call-list", "--campaign", "k", "--as-of", "2026-03-03T10:00+01:00", "--json")
    assert listed.status == 0
    assert listed.json["refused"] == {"invalid_number": 2}  # the export names no contacts
    assert "there is no telephone number that works (2)" in listed.json["notes"][0]
    unknown = run("call-list", "--campaign", "none", "--json")
    assert (unknown.status, unknown.out) == (2, "")
    assert "known are k (Kampagne)" in unknown.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "--month", "2026-13"], "'2026-13' is not a month"),
        (["check", "--month", ""], "'' is not a month"),
        (["score", "--out", "scores.txt"], "neither .parquet nor .csv"),
        (["features", "--out", "no-folder/x.csv"], "no folder"),
    ],
)
def test_a_wrong_value_is_refused_before_anything_is_loaded(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLWORTH_DATABASE_URL", "postgresql://127.0.0.1:1/x")
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, BadInput)
    assert says in str(result.exception)


@pytest.mark.parametrize("command", ["score", "check"])
def test_without_a_model_the_remedy_is_named(run: CommandLine, command: str) -> None:
    result = run(command)
    assert result.status == 3
    assert "run callworth train first" in result.err


def test_a_key_is_shown_once_and_can_be_revoked(run: CommandLine) -> None:
    made = run("key", "new", "dialer-1", "--json")
    assert made.json["key"].startswith("cw_")
    assert run("key", "new", "dialer-1").status == 2
    assert run("key", "revoke", "dialer-1").status == 0
    assert run("key", "revoke", "nobody").status == 2


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_told_before_anything_else(run: CommandLine, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(command, "--port", port)
    assert (result.status, result.out) == (3, "")
    sentence = f"callworth: port {port} is in use; stop the program that has it, or choose another with --port.\n"
    assert result.err == sentence


def test_an_unknown_variable_is_refused_by_name(run: CommandLine) -> None:
    result = run("quarantine", "list", CALLWORTH_HOEM="x")
    assert result.status == 2
    assert "CALLWORTH_HOEM" in result.err


def test_a_suggested_mapping_is_on_standard_output_alone(
    run: CommandLine, files: Callable[..., tuple[Path, Path]], tmp_path: Path
) -> None:
    source, _ = files()
    suggested = run("mapping", "suggest", source)
    assert suggested.status == 0
    mapping = tmp_path / "suggested.toml"
    mapping.write_text(suggested.out, encoding="utf-8")
    imported = run("import", source, "--mapping", mapping, "--dry-run", "--json")
    assert imported.status == 0, imported.err
    assert imported.json["read"] == 2


def test_a_dry_run_shows_the_result_and_a_question_is_asked(
    run: CommandLine, files: Callable[..., tuple[Path, Path]], tmp_path: Path
) -> None:
    source, mapping = files()
    shown = run("import", source, "--mapping", mapping, "--dry-run")
    assert shown.status == 0
    assert "Would be added to companies, for example" in shown.out
    assert "•••" in shown.out
    assert "Måløv" not in shown.out + shown.err
    preview = run("import", source, "--mapping", mapping, "--dry-run", "--json").json["preview"]
    assert preview["tables"]["leads"] == {"new": 2, "changed": 0, "unchanged": 0}
    assert preview["examples"]["leads"][0]["occurred_at"] == "2026-01-04T23:00:00+00:00"
    asked = tmp_path / "asked.csv"
    asked.write_text("id;oprettet;status\n1;01-02-2026;won\n2;02-02-2026;lost\n", encoding="utf-8")
    suggested = run("mapping", "suggest", asked)
    assert "Decide: Column 'oprettet': '01-02-2026' can be %d-%m-%Y or %m-%d-%Y; keep the" in suggested.err
    open_mapping = tmp_path / "asked.toml"
    open_mapping.write_text(suggested.out, encoding="utf-8")
    refused = run("import", asked, "--mapping", open_mapping)
    assert refused.status == 2
    assert refused.err.strip().endswith("occurred_at format can be '%d-%m-%Y or %m-%d-%Y'; keep the one that is meant.")
