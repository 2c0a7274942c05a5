"""The same small export in every form that a source comes in gives the same contract rows."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.imports.flat import read_flat
from data.imports.importing import import_source
from data.imports.mapping import read_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

MAPPING = """
name = "forms"

[source]
{source}
time_zone = "Europe/Copenhagen"

[tables.clients]
client_id = {{ value = "n" }}
name = {{ value = "Client" }}
currency = {{ value = "DKK" }}
time_zone = {{ value = "Europe/Copenhagen" }}
occurred_at = {{ value = "2020-01-01" }}

[tables.companies]
company_id = "Nr"
client_id = {{ value = "n" }}
name = "Firma"
employees = "Ansatte"
advertising_protected = "Beskyttet"
occurred_at = {{ column = "Oprettet"{format} }}

[tables.campaigns]
campaign_id = {{ value = "k" }}
client_id = {{ value = "n" }}
name = {{ value = "Campaign" }}
occurred_at = {{ value = "2020-01-01" }}

[tables.leads]
lead_id = "Nr"
campaign_id = {{ value = "k" }}
company_id = "Nr"
occurred_at = {{ column = "Oprettet"{format} }}

[tables.deals]
where = {{ column = "Beløb" }}
deal_id = "Nr"
lead_id = "Nr"
amount_minor = {{ column = "Beløb", times = 100 }}
currency = {{ value = "DKK" }}
occurred_at = {{ column = "Oprettet"{format} }}
"""
NAMES = ("Nr", "Firma", "Ansatte", "Oprettet", "Beskyttet", "Beløb", "Andel")
DAYS = tuple(map(datetime.fromisoformat, ("2025-02-03T09:30", "2025-02-13", "2024-02-29T23:59")))
FIRMS, STAFF, GUARDED = ("Ærø Køl", "Bo & Søn", "Ål"), (1250, 7, None), (True, False, None)
AMOUNTS, SHARES = (Decimal("1234.50"), None, Decimal("1250.125")), (0.125, 12.125, None)
KEYS = ("007", "08", "A1")
SERIALS = ("45691.39583333333", "45701", "45351.99930555556")  # as Excel writes them
EXPECTED = {
    "companies": [
        ("007", "Ærø Køl", 1250, True, "2025-02-03T08:30:00+00:00"),
        ("08", "Bo & Søn", 7, False, "2025-02-12T23:00:00+00:00"),
        ("A1", "Ål", None, None, "2024-02-29T22:59:00+00:00"),
    ],
    "leads": [('{"Andel": 0.125}',), ('{"Andel": 12.125}',), ("{}",)],
    "deals": [("007", 123450), ("A1", 125012)],
}


def number(value: object, sign: str, thousands: str = "") -> str:
    if value is None:
        return ""
    text = f"{value:,}" if thousands else str(value)
    return text.replace(",", "T").replace(".", sign).replace("T", thousands)


def text(delimiter: str, sign: str, style: str = "%Y-%m-%d %H:%M", thousands: str = "") -> str:
    flags = {True: "ja", False: "nej", None: ""}
    lines = [NAMES]
    for i, day in enumerate(DAYS):
        date = SERIALS[i].replace(".", sign) if style == "excel" else day.strftime(style)
        amount, share = number(AMOUNTS[i], sign, thousands), number(SHARES[i], sign)
        staff = number(STAFF[i], sign, thousands)
        lines.append((KEYS[i], FIRMS[i], staff, date, flags[GUARDED[i]], amount, share))
    quote = '"{}"'.format if delimiter in (sign, thousands) else "{}".format
    return "\n".join(delimiter.join(map(quote, line)) for line in lines) + "\n"


def workbook(path: Path, *, dates: str = "cells") -> None:
    book = openpyxl.Workbook()
    if dates == "1904":
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(NAMES)
    for i, day in enumerate(DAYS):
        date: Any = float(SERIALS[i]) if dates == "serials" else day
        amount = None if AMOUNTS[i] is None else float(AMOUNTS[i])
        sheet.append([KEYS[i], FIRMS[i], STAFF[i], date, GUARDED[i], amount, SHARES[i]])
    for _ in range(3):
        sheet.append([None] * 5 + [""])
    book.create_sheet("Noter").append(["andet"])
    book.save(path)


def parquet(path: Path, zone: str | None = None) -> None:
    days = pd.Series(DAYS) if zone is None else pd.Series(DAYS).dt.tz_localize("Europe/Copenhagen").dt.tz_convert(zone)
    columns = [KEYS, FIRMS, pa.array(STAFF, pa.int16()), pa.array(days), GUARDED, AMOUNTS, SHARES]
    pa.parquet.write_table(pa.table(dict(zip(NAMES, columns, strict=True))), path, row_group_size=2)


DANISH = 'decimal = ","'
FORMS: dict[str, tuple[str, str | None, Callable[[Path], object]]] = {
    "semicolons, 1.234,56, dd-mm-yyyy": (
        DANISH,
        "%d-%m-%Y %H:%M",
        lambda path: path.write_text(text(";", ",", "%d-%m-%Y %H:%M", "."), "utf-8"),
    ),
    "commas, 1,234.56, ISO": ("", None, lambda path: path.write_text(text(",", ".", thousands=","), "utf-8")),
    "commas, 1.234,56 in quotes": (DANISH, None, lambda path: path.write_text(text(",", ",", thousands="."), "utf-8")),
    "tabs": ("", None, lambda path: path.write_text(text("\t", "."), "utf-8")),
    "UTF-8 with its mark": ("", None, lambda path: path.write_text(text(";", "."), "utf-8-sig")),
    "Windows-1252": (DANISH, None, lambda path: path.write_text(text(";", ","), "cp1252")),
    "UTF-16": (DANISH, None, lambda path: path.write_text(text(";", ","), "utf-16")),
    "gzip": ("", None, lambda path: path.write_bytes(gzip.compress(text(";", ".").encode()))),
    "month before day": ("", "%m/%d/%Y %H:%M", lambda path: path.write_text(text(";", ".", "%m/%d/%Y %H:%M"), "utf-8")),
    "serial dates": ("", "excel", lambda path: path.write_text(text(";", ".", "excel"), "utf-8")),
    "serial dates with a comma": (DANISH, "excel", lambda path: path.write_text(text(";", ",", "excel"), "utf-8")),
    "a sign of its own": (
        'decimal = ","\ndecimals = { "Beløb" = ".", Andel = "." }',
        None,
        lambda path: path.write_text(text(";", "."), "utf-8"),
    ),
    "a workbook": ("", None, workbook),
    "a workbook, read with a decimal comma": (DANISH, None, workbook),
    "a workbook, its dates read past a stated format": ("", "%d-%m-%Y", workbook),
    "a workbook of the 1904 calendar": ('sheet = "Sheet"', None, lambda path: workbook(path, dates="1904")),
    "a workbook with serial dates": ("", "excel", lambda path: workbook(path, dates="serials")),
    "Parquet": (DANISH, None, parquet),
    "Parquet, moments with a zone": ("", None, lambda path: parquet(path, "America/New_York")),
}
SUFFIXES = {"a": ".xlsx", "P": ".parquet", "g": ".csv.gz"}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_rows(tmp_path: Path, form: str) -> None:
    source, style, write = FORMS[form]
    suffix = ".csv" if form == "a sign of its own" else SUFFIXES.get(form[0], ".csv")
    path = tmp_path / f"export{suffix}"
    write(path)
    mapping = read_mapping(MAPPING.format(source=source, format=f', format = "{style}"' if style else ""), "forms")
    flat = read_flat(path, mapping)
    assert (flat.read, flat.examples) == (3, ())
    companies = [
        (row["company_id"], row["name"], row["employees"], row["advertising_protected"], row["occurred_at"].isoformat())
        for row in flat.tables["companies"].to_pylist()
    ]
    assert companies == EXPECTED["companies"]
    assert [(row["attributes"],) for row in flat.tables["leads"].to_pylist()] == EXPECTED["leads"]
    deals = [(row["deal_id"], row["amount_minor"]) for row in flat.tables["deals"].to_pylist()]
    assert deals == EXPECTED["deals"]


FOLDER = """
[files."companies.xlsx".tables.clients]
client_id = { value = "n" }
name = { value = "Client" }
currency = { value = "DKK" }
time_zone = { value = "Europe/Copenhagen" }
occurred_at = { value = "2020-01-01" }

[files."companies.xlsx".tables.companies]
company_id = "Nr"
client_id = { value = "n" }
employees = "Ansatte"
occurred_at = "Oprettet"

[files."contacts.parquet".tables.contacts]
contact_id = "Nr"
company_id = "Nr"
name = "Firma"
occurred_at = "Oprettet"
"""


def test_a_folder_of_several_formats_is_imported(store: Store, tmp_path: Path) -> None:
    workbook(tmp_path / "companies.xlsx")
    parquet(tmp_path / "contacts.parquet")
    mapping = read_mapping(FOLDER, "folder")
    report = import_source(store, tmp_path, mapping, arrived_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert (report.read, report.accepted, report.examples) == (6, 6, [])
    assert report.tables == {"clients": 1, "companies": 3, "contacts": 3}
    assert "companies.xlsx: sheet 'Sheet' is read; the workbook also has 'Noter' (sheet under [source])." in (
        report.list_notes()
    )
