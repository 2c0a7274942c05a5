"""The source section of a mapping: how its files are written, and in which time zone and country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data.errors import MappingError
from data.imports.mapping.open_choices import SIGNS, require_format, require_signs

if TYPE_CHECKING:
    from collections.abc import Callable

ORDERS = ("time", "rows", "none")
SOURCE_KEYS = {
    "delimiter",
    "encoding",
    "decimal",
    "decimals",
    "sheet",
    "time_zone",
    "country",
    "order",
    "drop",
    "missing",
    "format",
}


def require_source(source: dict[str, Any], origin: str) -> None:
    """Refuse what cannot be: an order, sign, encoding, zone, country or date format that there is not.

    Raises:
        MappingError: naming the key, its value and what to write.
    """
    checks: dict[str, tuple[Callable[[str], bool], str]] = {
        "order": (lambda order: order in ORDERS, f"use one of {', '.join(ORDERS)}"),
        "decimal": (lambda sign: sign in SIGNS, "use '.' or ','"),
        "delimiter": (lambda sign: len(sign) == 1 and sign.isascii() and sign not in '"\r\n', "use one sign, as ';'"),
        "encoding": (_is_encoding, "use utf-8, cp1252 or another that Python knows"),
        "time_zone": (_is_time_zone, "use an IANA name, as Europe/Copenhagen"),
        "country": (lambda code: len(code) == 2 and code.isupper(), "use two letters, as DK"),
    }
    for name, (is_right, remedy) in checks.items():
        if name in source and not is_right(source[name]):
            raise MappingError(f"mapping {origin} {name} '{source[name]}' is not known; {remedy}.")
    require_signs(source.get("decimals", {}), origin)
    require_format(source.get("format"), origin)


def _is_encoding(name: str) -> bool:
    try:
        return isinstance(b"a;".decode(name), str)
    except (LookupError, ValueError):  # also a codec that makes bytes of bytes, as zlib
        return False


def _is_time_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (LookupError, ValueError, OSError):
        return False
