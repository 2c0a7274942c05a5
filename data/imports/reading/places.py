"""Where the files of a folder are: a mapping names each once, and it may come in any form that callworth reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from data.imports.mapping import Mapping

FORMS = (".csv.gz", ".csv", ".xlsx", ".parquet")


def find_place(folder: Path, name: str, mapping: Mapping) -> Path:
    """The file of a name, or where it is not there that in another form: ``calls.xlsx`` for ``calls.csv``.

    Raises:
        SourceError: it is not there, and of other forms there are two.
    """
    place = folder / name
    if place.exists() or not folder.is_dir():
        return place
    others = sorted(each.name for each in folder.iterdir() if each.is_file() and is_same(each.name, name, mapping))
    if len(others) > 1:
        problem = f"it is not there, and both {' and '.join(others)} could be meant"
        raise SourceError(problem, file=place, remedy="keep one of them in the folder")
    return folder / others[0] if others else place


def is_same(given: str, name: str, mapping: Mapping) -> bool:
    """Whether a file of the name ``given`` is the one that a mapping calls ``name``, perhaps in another form.

    >>> from data.imports.mapping import contract_mapping
    >>> [is_same(given, "calls.csv", contract_mapping()) for given in ("calls.parquet", "leads.xlsx")]
    [True, False]
    """
    if given == name or any(file.name == given for file in mapping.files):
        return given == name
    stem = _cut_form(name)
    return stem is not None and _cut_form(given) == stem


def _cut_form(name: str) -> str | None:
    return next((name.removesuffix(form) for form in FORMS if name.endswith(form)), None)
