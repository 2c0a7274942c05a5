from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from callworth.app import app
from callworth.backtesting import _read_plan
from callworth.context import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in New York: five hours behind UTC in winter."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_new_york")
def test_moments_without_a_zone_are_local_wherever_they_are_given() -> None:
    expected = datetime(2026, 1, 5, 5, tzinfo=UTC)
    assert read_moment("2026-01-05") == expected
    assert _read_plan(None, None, "2026-01-05", "0").start == expected
    assert read_moment("2026-01-05T00:00+01:00") == datetime(2026, 1, 4, 23, tzinfo=UTC)


def test_the_help_says_so_of_both() -> None:
    help_text = " ".join(CliRunner(env={"COLUMNS": "200"}).invoke(app, ["backtest", "--help"]).output.split())
    assert help_text.replace("│ ", "").count("without a zone, in this machine's local time") == 2
