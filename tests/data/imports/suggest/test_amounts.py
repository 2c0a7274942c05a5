"""Amounts of an unknown export: read as they are meant, and asked about where they have two meanings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from data.errors import MappingError
from data.imports.flat import read_flat
from data.imports.mapping import read_mapping
from data.imports.suggest import suggest_mapping
from tests.data.imports.suggest.conftest import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("amounts", "minor"),
    [(["1.250.000", "7"], [125_000_000, 700]), (["0.125", "12.500"], [12, 1_250]),
     (["62,01", "12.500"], [6_201, 1_250_000]), (["62.01", "12.500"], [6_201, 1_250])],
)  # fmt: skip
def test_amounts_with_thousands_are_read_as_they_are_meant(
    write_file: Callable[..., Path], amounts: list[str], minor: list[int]
) -> None:
    path = write_file("a.csv", "id;Status;Beløb\n" + "".join(f"{i};won;{text}\n" for i, text in enumerate(amounts)))
    flat = read_flat(path, read_mapping(suggest_mapping(path).toml, "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == minor


@pytest.mark.parametrize(
    ("amount", "sign", "minor", "reads"),
    [("12.500", ",", 1_250_000, "12.5 (decimals: '.') or 12500 (',')"), ("12.500", ".", 1_250, "12.5 (decimals: '.')"),
     ('"12,500"', ".", 1_250_000, "12500 (decimals: '.') or 12.5")],
)  # fmt: skip
def test_an_amount_with_two_meanings_is_asked_for_and_never_guessed(
    write_file: Callable[..., Path], amount: str, sign: str, minor: int, reads: str
) -> None:
    path = write_file("a.csv", f"id;Status;Beløb;Vægt;Ansatte\n1;won;{amount};62.01;1.250\n2;lost;;7.5;\n")
    suggestion = suggest_mapping(path)
    if amount == '"12,500"':  # settled: beside a decimal point the comma parts thousands
        assert suggestion.asks == ()
    else:
        assert len(suggestion.asks) == 1
        assert f"Column 'Beløb': '{amount}' can be {reads}" in suggestion.asks[0]
        with pytest.raises(MappingError, match=r"decimals 'Beløb' can be '\. or ,'; keep the one that is meant\.$"):
            read_mapping(suggestion.toml, "a")
    flat = read_flat(path, read_mapping(suggestion.toml.replace('". or ,"', f'"{sign}"'), "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == [minor]
    assert flat.tables["companies"]["employees"].to_pylist()[0] == 1250  # nobody has 1.25 employees
    assert flat.tables["leads"]["attributes"].to_pylist() == ['{"Vægt": 62.01}', '{"Vægt": 7.5}']


@pytest.mark.parametrize(
    ("amounts", "minor"),
    [
        ([12.125, 7.5], [1212, 750]),  # a cell that holds a number has one meaning
        ([12.5, "1.250,50"], [1250, 125_050]),
        ([12.125, "12.50"], [1212, 1250]),
    ],
)
def test_cells_that_hold_numbers_are_not_asked_about(tmp_path: Path, amounts: list[object], minor: list[int]) -> None:
    rows: list[list[object]] = [[i, datetime(2025, 1, 2), "won", amount] for i, amount in enumerate(amounts)]  # noqa: DTZ001
    path = write_workbook(tmp_path / "a.xlsx", *rows)
    suggestion = suggest_mapping(path)
    assert suggestion.asks == ()
    flat = read_flat(path, read_mapping(suggestion.toml, "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == minor


def test_a_text_of_two_meanings_beside_numbers_is_asked_about(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [1, "2025-01-02", "won", 12.5], [2, "03-02-2025", "won", "12.500"])
    dates, amounts = suggest_mapping(path).asks
    assert dates.startswith("Column 'Oprettet': '03-02-2025' can be %d-%m-%Y or %m-%d-%Y")
    assert amounts.startswith("Column 'Beløb': '12.500' can be 12.5")
