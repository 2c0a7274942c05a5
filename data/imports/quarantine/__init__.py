"""Quarantine: source rows that broke the contract, each with its reason, until they are mended and released.

Rows are written to it while a source is imported, are listed and exported as a spreadsheet opens them, and come in
again through their mapping once they are mended there.
"""

from __future__ import annotations

from data.imports.quarantine.export import export_quarantine, list_quarantine, read_quarantine
from data.imports.quarantine.refused import RefusedRows
from data.imports.quarantine.release import release_quarantine

__all__ = ["RefusedRows", "export_quarantine", "list_quarantine", "read_quarantine", "release_quarantine"]
