"""Imports: source files become contract rows through a mapping, or go to quarantine with the reason.

A file is opened whatever its format (``formats``), its rows are taken as a mapping says (``mapping``, ``names``), read
value by value (``values``) and turned into contract rows (``reading``). Those that break the contract wait in
``quarantine``; a first mapping for an unknown file is proposed by ``suggest``. What stands beside these folders is
the story itself: importing, in one transaction, with a register, a report and a rehearsal.
"""

from __future__ import annotations

from data.imports.flat import FlatRows, read_flat
from data.imports.importing import import_source
from data.imports.mapping import Mapping, change_columns, list_mappings, load_mapping, read_mapping_text
from data.imports.quarantine import export_quarantine, list_quarantine, list_resolved, release_quarantine
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
    "list_resolved",
    "load_mapping",
    "read_flat",
    "read_mapping_text",
    "release_quarantine",
    "suggest_mapping",
]
