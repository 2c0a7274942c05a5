"""Quarantine: source rows that broke the contract, each with its reason, until they are mended and released.

Rows are written to it while a source is imported, are listed and exported as a spreadsheet opens them, and come in
again through their mapping once they are mended there. One that its source brings again, mended, leaves by itself.
"""

from __future__ import annotations

from data.imports.quarantine.export import export_quarantine, list_quarantine, list_resolved, read_quarantine
from data.imports.quarantine.refused import RefusedRows
from data.imports.quarantine.release import release_quarantine
from data.imports.quarantine.resolving import Keys, WaitingRows, list_keys

__all__ = [
    "Keys",
    "RefusedRows",
    "WaitingRows",
    "export_quarantine",
    "list_keys",
    "list_quarantine",
    "list_resolved",
    "read_quarantine",
    "release_quarantine",
]
