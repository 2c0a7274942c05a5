"""Imports: source files become contract rows through a mapping, or go to quarantine with the reason."""

from __future__ import annotations

from data.imports.flat import FlatRows, read_flat
from data.imports.importing import import_source
from data.imports.mapping import Mapping, change_columns, list_mappings, load_mapping, read_mapping_text
from data.imports.quarantine import export_quarantine, list_quarantine, release_quarantine
from data.imports.report import ImportReport
from data.imports.suggest import Suggestion, suggest_mapping

__all__ = [
    "FlatRows",
    "ImportReport",
    "Mapping",
    "Suggestion",
    "change_columns",
    "export_quarantine",
    "import_source",
    "list_mappings",
    "list_quarantine",
    "load_mapping",
    "read_flat",
    "read_mapping_text",
    "release_quarantine",
    "suggest_mapping",
]
