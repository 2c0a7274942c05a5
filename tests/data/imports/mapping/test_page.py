"""The page on mappings: its example imports as it says, and it names every option."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from data.errors import MappingError
from data.imports.flat import read_flat
from data.imports.formats.workbook import MOST_TEXT_BYTES, MOST_UNPACKED_BYTES
from data.imports.importing import import_source
from data.imports.mapping.document import read_mapping
from data.imports.mapping.shapes import SHAPES
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

DAY = datetime.fromisoformat("2025-02-04")
PAGE = (Path(__file__).parents[4] / "docs" / "mappings.md").read_text(encoding="utf-8")
EXPORT, *MAPPINGS = re.findall(r"```(?:csv|toml)\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_imports_as_it_says(store: Store, write_file: Callable[..., Path]) -> None:
    mapping = read_mapping(MAPPINGS[0], "leads.toml")
    report = import_source(store, write_file("leads.csv", EXPORT), mapping, arrived_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert (report.read, report.accepted, report.examples) == (3, 3, [])
    tables = {name: table.to_pylist() for name, table in read_tables(store).items()}
    assert {row["lead_id"]: row["attributes"] for row in tables["leads"]} == {
        "L-1": '{"Kilde": "Messe", "Score": 7, "Branche": "Industri"}',
        "L-2": '{"Kilde": "Web", "Branche": "Byggeri"}',
        "L-3": '{"Kilde": "Web", "Score": 4, "Branche": "Byggeri"}',
    }
    assert sorted(row["phone"] for row in tables["contacts"]) == ["+4533123456", "+4533123457", "+4533123458"]
    assert {row["name"]: row["employees"] for row in tables["companies"]} == {
        "Nordlys Køl A/S": 1250,
        "Bøgh & Søn": 12,
        "Havnens El": None,
    }
    assert sorted(row["consent"] for row in tables["consents"]) == ["given", "refused"]
    (deal,) = tables["deals"]
    assert (deal["amount_minor"], deal["known_at"]) == (12_500_050, datetime(2025, 5, 15, 22, 0, tzinfo=UTC))
    assert [row["stage"] for row in tables["lead_stages"]] == ["lost"]


def test_the_workbook_is_read_as_it_says(tmp_path: Path) -> None:
    (text,) = (each for each in MAPPINGS if "sheet = " in each)
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Leads")
    for row in (["Lead", "Oprettet", "Score"], ["007", 45691.5, "7.125"], [None] * 3, ["8", DAY, 1.5]):
        sheet.append(row)
    book.save(tmp_path / "leads.xlsx")
    leads = read_flat(tmp_path / "leads.xlsx", read_mapping(text, "page")).tables["leads"].to_pylist()
    assert [(row["lead_id"], row["occurred_at"].isoformat(), row["attributes"]) for row in leads] == [
        ("007", "2025-02-03T12:00:00+00:00", '{"Score": 7.125}'),
        ("8", "2025-02-04T00:00:00+00:00", '{"Score": 1.5}'),
    ]


@pytest.mark.parametrize(
    ("limit", "stated"), [(MOST_UNPACKED_BYTES, f"{MOST_UNPACKED_BYTES >> 30} GiB"), (MOST_TEXT_BYTES, "256 MiB")]
)
def test_limits_are_those_of_the_page(limit: int, stated: str) -> None:
    number, unit = stated.split()
    assert stated in PAGE
    assert limit == int(number) << {"GiB": 30, "MiB": 20}[unit]


@pytest.mark.parametrize("choice", ['format = "%d-%m-%Y or %m-%d-%Y"', 'decimals = { "Beløb" = ". or ," }'])
def test_what_is_left_open_is_refused_as_it_says(choice: str) -> None:
    assert choice in PAGE
    text = MAPPINGS[0]
    if choice.startswith("format"):
        text = text.replace('format = "%d-%m-%Y"', choice)
    else:
        text = text.replace('decimals = { Score = "." }', choice)
    with pytest.raises(MappingError, match="keep the one that is meant"):
        read_mapping(text, "page")


@pytest.mark.parametrize("number", range(len(MAPPINGS)))
def test_every_mapping_on_the_page_loads(number: int) -> None:
    assert read_mapping(MAPPINGS[number], "page").files


def test_every_option_is_on_the_page() -> None:
    assert [option for option in SHAPES if not re.search(rf"\b{option} = ", PAGE)] == []
