"""Made columns and conditions: what tables, attributes, identities and messages see of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.errors import SourceError
from data.imports.mapping.columns import expected_columns
from data.imports.mapping.conditions import Condition, find_met
from data.imports.mapping.document import read_mapping
from data.imports.mapping.made_columns import MadeColumn, make_columns
from data.imports.reading import RowReader, find_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = pd.DataFrame(
    {"a": ["1", " ", "3;4", ""], "b": ["x", "y", "z", ""], "status": ["Open", "Won", "Open", ""]}, index=[2, 3, 4, 5]
)

MADE = [
    (MadeColumn(first=("a", "b")), ["1", "y", "3;4", ""]),
    (MadeColumn(first=("gone", "b")), ["x", "y", "z", ""]),
    (MadeColumn(first=("a",), split=";"), ["1", "", "3", ""]),
    (MadeColumn(first=("status", "b"), missing=("Open",)), ["x", "Won", "z", ""]),
    (MadeColumn(least=("b", "a", "gone")), ["1", "y", "3;4", ""]),
    (MadeColumn(least=("a", "b"), missing=("1",)), ["x", "y", "3;4", ""]),
    (MadeColumn(join=("a", "b")), ["1 x", "y", "3;4 z", ""]),
    (MadeColumn(join=("b", "gone", "a"), between="-"), ["x-1", "y", "z-3;4", ""]),
]


@pytest.mark.parametrize(("column", "made"), MADE)
def test_columns_are_made(column: MadeColumn, made: list[str]) -> None:
    assert list(make_columns(ROWS, {"made": column})["made"]) == made


def test_a_made_column_may_use_those_before_it() -> None:
    columns = {"ab": MadeColumn(join=("a", "b"), between=""), "abs": MadeColumn(join=("ab", "status"), between="/")}
    assert list(make_columns(ROWS, columns)["abs"]) == ["1x/Open", "y/Won", "3;4z/Open", ""]
    assert "ab" not in ROWS


MET: list[tuple[list[Condition], list[bool]]] = [
    ([Condition("a")], [True, False, True, False]),
    ([Condition("a", empty=True)], [False, True, False, True]),
    ([Condition("status", values=("Won",))], [False, True, False, False]),
    ([Condition("status", unless=("Won",))], [True, False, True, True]),
    ([Condition("a"), Condition("b", unless=("z",))], [True, False, False, False]),
    ([Condition("gone", values=("x",), optional=True)], [True, True, True, True]),
    ([], [True, True, True, True]),
]


@pytest.mark.parametrize(("conditions", "met"), MET)
def test_rows_meet_conditions(conditions: list[Condition], met: list[bool]) -> None:
    assert list(find_met(conditions, ROWS)) == met


MAPPING = """
where = { column = "Deleted", unless = ["1"], optional = true }
[given]
campaign = "k"
[columns]
who = { first = ["Mobile", "Phone"] }
[attributes]
only = ["Kilde", "Nowhere"]
[tables.leads]
lead_id = { row = "lead" }
campaign_id = { given = "campaign" }
company_id = "who"
segment = { column = "Segment", optional = true, otherwise = "none" }
message_variant = { column = "Variant", optional = true }
occurred_at = { value = "2025-01-01" }
"""


def read(text: str, rows: dict[str, list[str]]) -> Any:
    mapping = read_mapping(text, "m")
    chunk = pd.DataFrame(rows)
    chunk.index = range(2, len(chunk) + 2)
    return RowReader(mapping, mapping.files[0]).read(chunk)


def test_tables_are_made_of_made_columns() -> None:
    rows = {"Mobile": ["", "2"], "Phone": ["1", "3"], "Kilde": ["Web", ""], "Navn": ["Bo", "Åse"]}
    leads = read(MAPPING, rows).tables["leads"]
    assert list(leads["company_id"]) == ["1", "2"]
    assert list(leads["campaign_id"]) == ["k", "k"]
    assert list(leads["segment"]) == ["none", "none"]
    assert leads["message_variant"].isna().all()
    assert list(leads["attributes"]) == ['{"Kilde": "Web"}', "{}"]


def test_neither_what_is_made_nor_what_it_is_made_of_becomes_an_attribute() -> None:
    rows = {"Mobile": ["1"], "Phone": ["3"], "Kilde": ["Web"], "Navn": ["Bo"]}
    leads = read(MAPPING.replace('only = ["Kilde", "Nowhere"]', 'keep = ["who"]'), rows).tables["leads"]
    assert list(leads["attributes"]) == ['{"Kilde": "Web", "Navn": "Bo", "who": 1}']
    leads = read(MAPPING.replace('only = ["Kilde", "Nowhere"]', ""), rows).tables["leads"]
    assert list(leads["attributes"]) == ['{"Kilde": "Web", "Navn": "Bo"}']


def test_what_a_row_is_made_of_does_not_change_who_it_is() -> None:
    rows = {"Mobile": ["1"], "Phone": ["3"]}
    plain = MAPPING.replace('"who"', '"Mobile"').replace('who = { first = ["Mobile", "Phone"] }', "")
    assert list(read(MAPPING, rows).tables["leads"]["lead_id"]) == list(read(plain, rows).tables["leads"]["lead_id"])


def test_rows_that_do_not_meet_the_file_s_conditions_are_in_no_table() -> None:
    extract = read(MAPPING, {"Mobile": ["1", "", "3"], "Phone": ["", "", ""], "Deleted": ["1", "1", "0"]})
    assert list(extract.tables["leads"].index) == [4]
    assert extract.problems == []


def test_a_file_of_which_no_row_is_taken() -> None:
    extract = read(MAPPING, {"Mobile": ["1"], "Phone": [""], "Deleted": ["1"]})
    assert len(extract.tables["leads"]) == 0


def test_a_row_is_refused_by_the_name_of_what_is_made() -> None:
    (problem,) = read(MAPPING, {"Mobile": [""], "Phone": [""]}).problems
    assert problem.sentence("m.csv") == (
        "m.csv, row 2, column 'who', value '': company_id (the company) is required and empty; fill it in at the "
        "source."
    )


def test_which_columns_must_be_there() -> None:
    mapping = read_mapping(
        MAPPING.replace("[attributes]", 'name = { join = ["First", "Last"] }\n[attributes]').replace(
            '"Variant", optional = true', '"Variant"'
        ),
        "m",
    )
    assert expected_columns(mapping, mapping.files[0]) == {"First", "Last", "Variant"}


def test_none_of_several_columns_is_there(write_file: Callable[..., Path]) -> None:
    path = write_file("m.csv", "Kilde,Navn\nWeb,Bo\n")
    with pytest.raises(SourceError) as raised:
        find_files(path, read_mapping(MAPPING, "m"))
    assert str(raised.value) == (
        f"{path}, row 1, column 'Mobile': the file has no such column, nor another that would do; export it with one "
        "of Mobile, Phone."
    )


def test_a_made_column_hides_none_of_the_file(write_file: Callable[..., Path]) -> None:
    path = write_file("m.csv", "Mobile,who\n1,Bo\n")
    with pytest.raises(SourceError) as raised:
        find_files(path, read_mapping(MAPPING, "m"))
    assert str(raised.value) == (
        f"{path}, row 1, column 'who': the file has this column, and the mapping makes another of that name; name the "
        "one in the mapping otherwise."
    )


def test_a_number_is_rounded_only_where_the_mapping_says_so() -> None:
    text = (
        "[tables.calls]\ncall_id = 'Id'\nlead_id = 'Id'\ndisposition = { value = 'busy' }\n"
        "occurred_at = { value = '2025-01-01' }\ntalk_seconds = { column = 'ms', times = 0.001, round = true }"
    )
    rows = {"Id": ["1", "2"], "ms": ["20400", "20600"]}
    assert list(read(text, rows).tables["calls"]["talk_seconds"]) == [20, 21]
    (first, _) = read(text.replace(", round = true", ""), rows).problems
    assert first.reason == "it is not a whole number"
