"""Mappings: how one source becomes contract rows.

A mapping names the files of the source, the tables that each row gives rise to, and for each field where its value
comes from. Columns that it does not name become attributes of the lead. It is written in TOML
(:mod:`data.imports.mapping.document`); see ``docs/mappings.md``.
"""

from __future__ import annotations

from data.imports.mapping.columns import change_columns, expected_columns, named_columns, unpacked_columns
from data.imports.mapping.conditions import find_met
from data.imports.mapping.document import read_mapping
from data.imports.mapping.made_columns import MadeColumn, keep_looked_up, make_columns, own_columns
from data.imports.mapping.open_choices import EXCEL, OR, write_choices
from data.imports.mapping.rules import FieldRule, FileRule, Mapping, MomentRule, TableRule
from data.imports.mapping.shipped import contract_mapping, list_mappings, load_mapping, read_mapping_text

__all__ = [
    "EXCEL",
    "OR",
    "FieldRule",
    "FileRule",
    "MadeColumn",
    "Mapping",
    "MomentRule",
    "TableRule",
    "change_columns",
    "contract_mapping",
    "expected_columns",
    "find_met",
    "keep_looked_up",
    "list_mappings",
    "load_mapping",
    "make_columns",
    "named_columns",
    "own_columns",
    "read_mapping",
    "read_mapping_text",
    "unpacked_columns",
    "write_choices",
]
