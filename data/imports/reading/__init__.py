"""Reading: the files of a source are found as its mapping names them, and their rows become contract rows.

Rows go through in chunks: columns are made of others and of other files, dates put together from parts, rows
without a key given an identity, values read, and all of it checked against the contract. Nothing here writes.
"""

from __future__ import annotations

from data.imports.reading.files import find_files, find_strangers
from data.imports.reading.identity import hash_content
from data.imports.reading.lookups import Lookups
from data.imports.reading.places import is_same
from data.imports.reading.rows import RowReader

__all__ = ["Lookups", "RowReader", "find_files", "find_strangers", "hash_content", "is_same"]
