"""Dates of an unknown export: their format is told by all of them, or asked for; what was swapped is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from data.errors import MappingError
from data.imports.flat import read_flat
from data.imports.formats import read_chunks
from data.imports.mapping import read_mapping
from data.imports.suggest import suggest_mapping
from tests.data.imports.suggest.conftest import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("dates", "style"),
    [
        (["01-02-2026", "02-03-2026"], "%d-%m-%Y or %m-%d-%Y"),
        (["01-02-2026"] * 9 + ["13-02-2026"], "%d-%m-%Y"),
        (["01/02/2026"] * 9 + ["02/13/2026"], "%m/%d/%Y"),
        (["01-02-2026"] * 200 + ["13-02-2026", "02-14-2026"], "%d-%m-%Y or %m-%d-%Y"),
        (["01.02.2026 09:30", "31.12.2025 10:00"], "%d.%m.%Y %H:%M"),
        (["01-02-26", "13-12-25"], "%d-%m-%y or %y-%m-%d"),
        (["31-12-99", "01-02-26"], "%d-%m-%y"),
        (["45000", "45001.5"], "excel"),
        (["2026-02-01", "20260203"], None),
    ],
)
def test_the_format_is_told_by_all_dates_or_asked_for(
    write_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, dates: list[str], style: str | None
) -> None:
    monkeypatch.setattr("data.imports.suggest.export.read_chunks", lambda source: read_chunks(source, block_bytes=100))
    path = write_file("a.csv", "id;Oprettet;Status\n" + "".join(f"{i};{day};won\n" for i, day in enumerate(dates)))
    suggestion = suggest_mapping(path)
    written = [line for line in suggestion.toml.splitlines() if line.startswith("occurred_at = {") and "Opr" in line]
    if style is None:
        assert 'occurred_at = "Oprettet"' in suggestion.toml
    else:
        assert f'format = "{style}"' in written[0]
    asked = " or " in (style or "")
    assert [ask for ask in suggestion.asks if "Oprettet" in ask] == (
        [f"Column 'Oprettet': '{dates[0]}' can be {style}; keep the format that is meant."] if asked else []
    )
    if asked:
        with pytest.raises(MappingError, match=r"occurred_at format can be '%d-%m-%.*; keep the one that is meant"):
            read_mapping(suggestion.toml, "a")
    else:
        flat = read_flat(path, read_mapping(suggestion.toml, "a"))
        assert (flat.read, flat.quarantined) == (len(dates), 0)


def test_serial_dates_are_said_to_be_taken_for_such(write_file: Callable[..., Path]) -> None:
    notes = suggest_mapping(write_file("a.csv", "id;Oprettet;Pris\n1;45000;45000\n")).notes
    assert (
        "Column 'Oprettet' was taken for serial dates of the 1900 calendar, which begin with 2023-03-15; if all are "
        'four years early, write format = "excel-1904".'
    ) in notes


@pytest.mark.parametrize(
    ("day", "text", "told"),
    [(12, "13-02-2025", True), (13, "13-02-2025", False), (12, "12-02-2025", False), (12, "2025-02-12", False)],
)
def test_dates_that_a_spreadsheet_swapped_are_told(tmp_path: Path, day: int, text: str, told: bool) -> None:
    cells = [datetime(2025, 3, each) for each in (1, 2, 3, 4, day)]  # noqa: DTZ001 - a workbook has no zones
    path = write_workbook(tmp_path / "a.xlsx", *([i, date, "won", 1] for i, date in enumerate([*cells, text])))
    notes = [note for note in suggest_mapping(path).notes if "taken day and month for each other" in note]
    assert len(notes) == told
    if told:
        assert notes[0].startswith("Column 'Oprettet': its date cells, as 2025-03-01, all have a day up to 12, and its")
