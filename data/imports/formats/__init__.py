"""Formats: how files are written. A source has named columns and gives its rows in chunks, as text, whatever it is.

Delimited text, Excel workbooks and Parquet files are told by how they begin and are read without loss; what people are
to mend in a spreadsheet is written so that nothing in it runs as a formula. No file of this folder reads a mapping.
"""

from __future__ import annotations

from data.imports.formats.header import HEADER_ROW, TEXT, Signs, Source
from data.imports.formats.sources import open_source, read_chunks
from data.imports.formats.spreadsheet import guard_text, read_spreadsheet, write_spreadsheet

__all__ = [
    "HEADER_ROW",
    "TEXT",
    "Signs",
    "Source",
    "guard_text",
    "open_source",
    "read_chunks",
    "read_spreadsheet",
    "write_spreadsheet",
]
