"""Files that nobody would write: an import reads them or refuses them in one sentence, and leaves all or nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from callworth.frames import write_frame
from data.errors import BadInput
from data.hygiene import make_round
from data.imports.formats import write_spreadsheet
from data.imports.formats.spreadsheet import LIVE, NUMBER
from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.quarantine import export_quarantine, read_quarantine
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
DEADLINE = timedelta(seconds=20)
FEW, MANY = 25, 3_000
LONGEST_SENTENCE = 1_000
HEADER = b"Lead;Firma;Oprettet;Bel\xc3\xb8b\n"
ROW = b"l1;\xc3\x86r\xc3\xb8 K\xc3\xb8l;2025-02-03;12,50\n"
MAPPING = """
name = "fuzzed"

[source]
decimal = ","

[tables.clients]
client_id = { value = "n" }
name = { value = "Client" }
currency = { value = "DKK" }
time_zone = { value = "Europe/Copenhagen" }
occurred_at = { value = "2020-01-01" }

[tables.companies]
company_id = "Firma"
client_id = { value = "n" }
name = "Firma"
occurred_at = "Oprettet"

[tables.campaigns]
campaign_id = { value = "k" }
client_id = { value = "n" }
name = { value = "Campaign" }
occurred_at = { value = "2020-01-01" }

[tables.leads]
lead_id = "Lead"
campaign_id = { value = "k" }
company_id = "Firma"
occurred_at = "Oprettet"

[tables.deals]
where = { column = "Beløb" }
deal_id = "Lead"
lead_id = "Lead"
amount_minor = { column = "Beløb", times = 100 }
currency = { value = "DKK" }
occurred_at = "Oprettet"
"""
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=", "-12,50", "'=1")
PIECES = (b'"', b'""', b";", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xc3", "\u2028".encode(), ROW)
CELLS = st.one_of(st.sampled_from(FORMULAS), st.text(max_size=8), st.sampled_from(["", "l1", "2025-02-03", "1,5"]))

noise = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=30).map(b"".join)
rows = st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["2025-02-03", "", "=1"]), CELLS), min_size=1, max_size=8)


@dataclass(frozen=True)
class Fuzz:
    """A store, a mapping and a place for files."""

    store: Store
    mapping: Mapping
    folder: Path
    contents: Callable[[], dict[str, list[Any]]]

    def bring(self, text: bytes) -> None:
        """Import a file; a refusal is one sentence and changes nothing."""
        path = self.folder / "fuzzed.csv"
        path.write_bytes(text)
        before, refusal = self.contents(), None
        try:
            report = import_source(self.store, path, self.mapping, arrived_at=NOW)
        except BadInput as error:
            refusal = str(error)
        if refusal is None:
            assert report.read == report.accepted + report.unchanged + report.quarantined
            assert all(len(sentence) < LONGEST_SENTENCE for sentence in report.examples)
        else:
            assert "\n" not in refusal
            assert len(refusal) < LONGEST_SENTENCE
            assert self.contents() == before


@pytest.fixture
def fuzz(store: Store, tmp_path: Path, contents: Callable[[], dict[str, list[Any]]]) -> Fuzz:
    return Fuzz(store, read_mapping(MAPPING, "fuzzed.toml"), tmp_path, contents)


def try_examples(most: int) -> Any:
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return profile(max_examples=most, deadline=DEADLINE, suppress_health_check=checks, print_blob=True)


def bring_noise(fuzz: Fuzz, text: bytes, keep_header: bool) -> None:
    fuzz.bring(HEADER + text if keep_header else text)


def bring_formulas(fuzz: Fuzz, cells: list[tuple[str, ...]]) -> None:
    fuzz.bring(HEADER + write_csv(cells))
    with fuzz.store.transaction() as connection:
        export_quarantine(connection, fuzz.folder / "quarantine.csv")
        refused = read_quarantine(connection)
    require_dead(fuzz.folder / "quarantine.csv", ";")
    tables = read_tables(fuzz.store)
    found = make_round(tables, NOW, refused)
    write_spreadsheet(found.findings, fuzz.folder / "hygiene.csv")
    require_dead(fuzz.folder / "hygiene.csv", ";")
    write_frame(tables["leads"].select(["lead_id", "company_id"]).to_pandas(), fuzz.folder / "scores.csv")
    require_dead(fuzz.folder / "scores.csv", ",")


def write_csv(cells: list[tuple[str, ...]]) -> bytes:
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    return ("\n".join(quoted) + "\n").encode("utf-8", "replace")


def require_dead(path: Path, delimiter: str) -> None:
    """No cell of a file is run by a spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=delimiter) for cell in row]
    assert [cell for cell in cells if cell.startswith(LIVE) and not NUMBER.fullmatch(cell)] == []


@try_examples(FEW)
@given(text=noise, keep_header=st.booleans())
@example(text=b'"l1' + ROW + b'"""', keep_header=False)  # a header with a line end in a quoted name
def test_noise(fuzz: Fuzz, text: bytes, keep_header: bool) -> None:
    bring_noise(fuzz, text, keep_header)


@pytest.mark.soak
@try_examples(MANY)
@given(text=noise, keep_header=st.booleans())
def test_much_noise(fuzz: Fuzz, text: bytes, keep_header: bool) -> None:
    bring_noise(fuzz, text, keep_header)


@try_examples(FEW // 3)
@given(cells=rows)
def test_formulas(fuzz: Fuzz, cells: list[tuple[str, ...]]) -> None:
    bring_formulas(fuzz, cells)


@pytest.mark.soak
@try_examples(MANY)
@given(cells=rows)
def test_many_formulas(fuzz: Fuzz, cells: list[tuple[str, ...]]) -> None:
    bring_formulas(fuzz, cells)


BIG = 10 * (1 << 20)
LARGE = {
    "a cell of ten megabytes in an attribute": HEADER[:-1] + b";Note\n" + ROW[:-1] + b";" + b"x" * BIG + b"\n",
    "a key of ten megabytes": HEADER + b"x" * BIG + b";\xc3\x85l;2025-02-03;\n",
    "a number of ten megabytes": HEADER + b"l1;\xc3\x85l;2025-02-03;" + b"1" * BIG + b"\n",
    "a date of ten megabytes": HEADER + b"l1;\xc3\x85l;" + b"2" * BIG + b";1\n",
    "a quote opened before ten megabytes": HEADER + b'l1;"' + b"x;\n" * (BIG // 3),
    "ten thousand columns": b"".join(
        [HEADER[:-1], *(b";c%d" % n for n in range(10_000)), b"\n", ROW[:-1], b";1" * 10_000]
    ),
    "a header of ten megabytes": b"x" * BIG + b"\n1\n",
    "a line of quotes": HEADER + b'"' * BIG + b"\n",
    "a line of delimiters": HEADER + b";" * BIG + b"\n",
    "lines without anything": HEADER + b"\n" * BIG + ROW,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in LARGE.items()])
def test_files_out_of_all_proportion(fuzz: Fuzz, text: bytes) -> None:
    began = datetime.now(UTC)
    fuzz.bring(text)
    assert datetime.now(UTC) - began < DEADLINE
