"""Names that people give to columns: what each role is called, in English and Danish, and which name was meant.

Exports call the same thing by many names, and mappings are written by hand: here stand the names by which columns go,
and a slip of the keyboard is told from another name.
"""

from __future__ import annotations

from data.imports.names.columns import AFTERWARDS, NAMES, PERSONAL, find_column, find_columns
from data.imports.names.near import find_near, list_names

__all__ = ["AFTERWARDS", "NAMES", "PERSONAL", "find_column", "find_columns", "find_near", "list_names"]
