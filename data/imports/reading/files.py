"""Which files a source consists of, looked at before anything is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadInput, SourceError
from data.imports.formats import HEADER_ROW, open_source
from data.imports.mapping import expected_columns, named_columns
from data.imports.names import find_near, list_names
from data.imports.reading.places import find_place

if TYPE_CHECKING:
    from pathlib import Path

    from data.imports.mapping import FileRule, Mapping
from data.imports.formats import Source


def find_files(path: Path, mapping: Mapping) -> list[tuple[FileRule, Source]]:
    """Pair the mapping's files with what is there.

    Raises:
        SourceError: a file is missing, none is there, or one lacks a column.
    """
    if mapping.files[0].name is None:
        return [(mapping.files[0], open_mapped(path, mapping, mapping.files[0]))]
    if not path.is_dir():
        problem = "it is a file, and the mapping reads a folder" if path.exists() else "there is no such folder"
        raise SourceError(problem, file=path, remedy=f"name a folder with {_name_files(mapping)}")
    read = [file for file in mapping.files if file.tables]
    places = {file.name: find_place(path, str(file.name), mapping) for file in read}
    wanted = [file for file in read if not file.optional or places[file.name].exists()]
    if not wanted:
        problem, remedy = "none of the mapping's files is there", f"name a folder with {_name_files(mapping)}"
        raise SourceError(problem, file=path, remedy=remedy)
    return [(file, open_mapped(places[file.name], mapping, file)) for file in wanted]


def find_strangers(path: Path, mapping: Mapping) -> list[str]:
    """Names of files in a source's folder that the mapping does not read; hidden ones do not count."""
    if not path.is_dir():
        return []
    known = {find_place(path, file.name, mapping).name for file in mapping.files if file.name}
    return sorted(file.name for file in path.glob("[!.]*") if file.is_file() and file.name not in known)


def open_mapped(path: Path, mapping: Mapping, file: FileRule) -> Source:
    """Open one file of a mapping and check its columns.

    Raises:
        SourceError: it cannot be read, lacks a column, or has one that a strict mapping does not know.
        BadInput: an option of the command names a column that it does not have.
    """
    named = named_columns(mapping, file)
    wanted = frozenset(expected_columns(mapping, file) - (mapping.by_option.keys() - named))
    source = open_source(
        path,
        delimiter=mapping.delimiter,
        encoding=mapping.encoding,
        sheet=mapping.sheet,
        signs=mapping.signs,
        wanted=wanted,
    )
    _require_optioned(mapping, source)
    _require_made(file, source)
    unknown = [name for name in source.columns if name not in named]
    if mapping.strict_columns and unknown:
        raise SourceError(
            "the mapping does not know this column",
            file=source.path,
            row=HEADER_ROW,
            column=unknown[0],
            remedy="take it out, or pack it into the leads' attributes",
        )
    return source


def _require_optioned(mapping: Mapping, source: Source) -> None:
    for column, option in mapping.by_option.items():
        if column not in source.columns:
            near = find_near(column, source.columns)
            hint = f"did you mean '{near}'?" if near else f"its columns are {list_names(source.columns)}."
            raise BadInput(f"{option} '{column}': {source.path.name} has no such column; {hint}")


def _require_made(file: FileRule, source: Source) -> None:
    """Refuse a file from which a column cannot be made."""
    for name, column in file.columns.items():
        if name in source.columns:
            raise SourceError(
                "the file has this column, and the mapping makes another of that name",
                file=source.path,
                row=HEADER_ROW,
                column=name,
                remedy="name the one in the mapping otherwise",
            )
        if column.first and not column.optional and not {*source.columns, *file.columns} & set(column.first):
            raise SourceError(
                "the file has no such column, nor another that would do",
                file=source.path,
                row=HEADER_ROW,
                column=column.first[0],
                remedy=f"export it with one of {', '.join(column.first)}",
            )


def _name_files(mapping: Mapping) -> str:
    return ", ".join(str(file.name) for file in mapping.files[:3]) + (" …" if len(mapping.files) > 3 else "")
