"""The files of a mapping as they are written: one that needs no name, or several, each with tables and made columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import MappingError
from data.imports.mapping.made_columns import SEVERAL, MadeColumn
from data.imports.mapping.rules import FileRule
from data.imports.mapping.shapes import build_rule, require_known, require_shapes, require_table
from data.imports.mapping.tables import parse_tables, parse_where

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary


def parse_files(document: Dictionary[str, Any], origin: str) -> tuple[FileRule, ...]:
    """The rules of each file; where the document has ``[tables]``, those of the one file that it is about.

    Raises:
        MappingError: it has both, or one of them says something that cannot be understood.
    """
    if "tables" in document and "files" in document:
        raise MappingError(f"mapping {origin} has [tables] and [files]; keep one of the two.")
    if "tables" in document:
        tables = parse_tables(document["tables"], f"{origin} [tables]")
        columns = _parse_columns(document.get("columns", {}), (), f"{origin} [columns]")
        return (FileRule(None, tables, False, columns, parse_where(document.get("where", []), f"{origin} where")),)
    files = []
    names = tuple(require_table(document.get("files", {}), f"{origin} [files]"))
    for name, file in require_table(document.get("files", {}), f"{origin} [files]").items():
        where = f"{origin} [files.'{name}']"
        require_known(require_table(file, where), {"tables", "optional", "columns", "where"}, where)
        require_shapes({"optional": file.get("optional", False)}, where)
        tables = parse_tables(file.get("tables", {}), f"{where} [tables]")
        columns = _parse_columns(file.get("columns", {}), names, f"{where} [columns]")
        conditions = parse_where(file.get("where", []), f"{where} where")
        files.append(FileRule(name, tables, file.get("optional", False), columns, conditions))
    return tuple(files)


def _parse_columns(rules: Any, files: tuple[str, ...], origin: str) -> dict[str, MadeColumn]:
    return {
        name: _parse_column(rule, files, f"{origin.removesuffix(']')}.'{name}']")
        for name, rule in require_table(rules, origin).items()
    }


def _parse_column(rule: Any, files: tuple[str, ...], origin: str) -> MadeColumn:
    column: MadeColumn = build_rule(MadeColumn, rule, origin)
    if len([made for made in (column.first, column.least, column.join, column.lookup) if made]) != 1:
        raise MappingError(f"mapping {origin} needs exactly one of first, least, join and lookup.")
    if column.several not in SEVERAL:
        raise MappingError(
            f"mapping {origin} several '{column.several}' is not known; use one of {', '.join(SEVERAL)}."
        )
    if column.lookup is not None:
        if column.lookup not in files:
            raise MappingError(f"mapping {origin} looks up '{column.lookup}', which [files] does not name; add it.")
        for part in ("by", "key", "take"):
            if getattr(column, part) is None:
                raise MappingError(f"mapping {origin} lacks {part}; add it.")
    return column
