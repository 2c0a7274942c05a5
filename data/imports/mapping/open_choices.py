"""What a file does not tell and a person must: a mapping is suggested with the choices side by side, and refused so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OR = " or "
SIGNS = (".", ",")
EXCEL = {"excel": "1899-12-30", "excel-1904": "1904-01-01"}
"""Calendars in which a workbook counts days, each with its day 0; the first takes 1900 for a leap year, see
:func:`data.imports.values.dates.read_serials`."""


def write_choices(choices: Iterable[str]) -> str:
    """Choices as a mapping holds them until a person has chosen.

    >>> write_choices(["%d-%m-%Y", "%m-%d-%Y"])
    '%d-%m-%Y or %m-%d-%Y'
    """
    return OR.join(choices)


def require_format(style: str | None, origin: str) -> None:
    """Refuse a date format that is still a choice, or that is none.

    Raises:
        MappingError: naming where it stands, and what to write.
    """
    if style is None:
        return
    if OR in style:
        raise MappingError(f"mapping {origin} format can be '{style}'; keep the one that is meant.")
    if "%" not in style and style not in EXCEL:
        known = " or ".join(EXCEL)
        raise MappingError(f"mapping {origin} format is '{style}'; write it as %d-%m-%Y, or {known} for serial dates.")


def require_signs(decimals: Mapping[str, str], origin: str) -> None:
    """Refuse a column's decimal sign that is still a choice, or that is none.

    Raises:
        MappingError: naming the column, and what to write.
    """
    for column, sign in decimals.items():
        if OR in sign:
            raise MappingError(f"mapping {origin} decimals '{column}' can be '{sign}'; keep the one that is meant.")
        if sign not in SIGNS:
            raise MappingError(f"mapping {origin} decimals '{column}' is '{sign}'; use '.' or ','.")
