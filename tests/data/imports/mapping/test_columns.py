"""Which columns of a file a mapping names, drops, keeps and expects."""

from __future__ import annotations

from data.imports.mapping.columns import change_columns, expected_columns, named_columns, unpacked_columns
from data.imports.mapping.document import read_mapping
from data.imports.mapping.shipped import contract_mapping, load_mapping

FILES = """
[source]
drop = ["Note"]
[files."a.csv".tables.clients]
client_id = "Id"
name = "Navn"
currency = { value = "DKK" }
time_zone = { value = "UTC" }
occurred_at = { value = "2025-01-01" }
[files."b.csv".tables.leads]
lead_id = "Lead"
campaign_id = "K"
company_id = "C"
occurred_at = "D"
where = { column = "W" }
"""


def test_a_file_s_columns_are_its_own() -> None:
    mapping = read_mapping(FILES, "m")
    first, second = mapping.files
    assert named_columns(mapping, first) == expected_columns(mapping, first) == {"Id", "Navn"}
    assert named_columns(mapping, second) == {"Lead", "K", "C", "D", "W"}
    assert unpacked_columns(mapping, second) == {"Lead", "K", "C", "D", "W", "Note"}


def test_a_flat_source_must_have_what_the_mapping_speaks_of() -> None:
    mapping = load_mapping("uci-bank")
    assert named_columns(mapping, mapping.files[0]) == {"day", "month", "campaign", "y"}
    assert expected_columns(mapping, mapping.files[0]) == {"day", "month", "campaign", "y", "duration", "pdays"}
    assert unpacked_columns(mapping, mapping.files[0]) == {"day", "month", "y", "duration"}


def test_contract_files_may_lack_what_is_not_required() -> None:
    mapping = contract_mapping()
    (calls,) = (file for file in mapping.files if file.name == "calls.csv")
    assert expected_columns(mapping, calls) == {"call_id", "lead_id", "talk_seconds", "disposition", "occurred_at"}


def test_columns_are_dropped_and_kept() -> None:
    mapping = change_columns(load_mapping("uci-bank"), drop=["job", "campaign"], keep=["duration", "month"])
    assert mapping.drop == ("job", "campaign")
    assert mapping.keep == ("duration", "month")
    assert unpacked_columns(mapping, mapping.files[0]) == {"day", "y", "job", "campaign"}
