from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from callworth.app import app
from data.errors import BadInput

if TYPE_CHECKING:
    from tests.callworth.conftest import CommandLine


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("roi --quarter", "no such option: --quarter; see callworth roi --help."),
        ("call-list", "missing option '--campaign'; see callworth call-list --help."),
        ("promote", "missing argument 'version'; see callworth promote --help."),
        ("scoer", "no such command 'scoer', did you mean 'score', 'serve'; see callworth --help."),
        ("key revok", "no such command 'revok', did you mean 'revoke'; see callworth key --help."),
        ("roi --by", "option '--by' requires an argument; see callworth --help."),
    ],
)
def test_a_slip_is_one_sentence(line: str, says: str) -> None:
    result = CliRunner().invoke(app, line.split())
    assert isinstance(result.exception, BadInput)
    assert str(result.exception) == says
    assert result.output == ""


def test_a_slip_is_bad_input(run: CommandLine) -> None:
    result = run("call-list", "--campaign", "k", "--limit", "none")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("callworth: invalid value for '--limit'")
    assert result.err.count("\n") == 1


def test_nothing_asked_shows_what_there_is() -> None:
    result = CliRunner().invoke(app, ["key"])
    assert result.exit_code == 2
    assert "revoke" in result.output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--by", "year"), "ROI cannot be split by 'year'; use one of campaign, segment"),
        (("--basis", "weekly"), "the basis 'weekly' is not known; use one of period, cohort."),
        (("--from", "spring"), "--from 'spring' is not a date"),
        (("--from", "2026-05-01", "--to", "2026-04-01"), "choose a start before the end."),
    ],
)
def test_roi_refuses_before_anything_is_loaded(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], says: str
) -> None:
    monkeypatch.setattr("callworth.selling.use_store", None)
    result = CliRunner().invoke(app, ["roi", *options])
    assert isinstance(result.exception, BadInput)
    assert says in str(result.exception)


@pytest.mark.parametrize("command", ["trace", "audit"])
def test_the_help_says_what_is_not_built(command: str) -> None:
    listed = CliRunner().invoke(app, ["--help"]).output.splitlines()
    (line,) = (line for line in listed if line.startswith(f"│ {command} "))
    assert "(not built yet)" in line
