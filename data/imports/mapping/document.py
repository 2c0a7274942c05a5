"""Mappings as they are written: a TOML document becomes a :class:`~data.imports.mapping.Mapping`, or is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import MappingError
from data.imports.mapping.dates import date_fields
from data.imports.mapping.files import parse_files
from data.imports.mapping.given import fill_given
from data.imports.mapping.rules import FileRule, Mapping, MomentRule
from data.imports.mapping.shapes import build_rule, read_section, require_known, require_shapes, require_table
from data.imports.mapping.source import SOURCE_KEYS, require_source

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

SECTIONS = {
    *("name", "description", "given", "source", "moments", "attributes", "tables", "columns", "where", "files"),
    "handover",
}


def read_mapping(text: str, origin: str) -> Mapping:
    """Read a mapping from TOML text.

    Raises:
        MappingError: it is not TOML, or says something that cannot be understood.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError(f"mapping {origin} is not valid TOML: {error}; correct it.") from error
    return parse_mapping(document, origin)


def parse_mapping(document: Dictionary[str, Any], origin: str) -> Mapping:
    """Build a mapping from its TOML document.

    Args:
        document: the parsed TOML.
        origin: its name, for messages.

    Raises:
        MappingError: an unknown key, table, field or code; the message names the nearest known one.
    """
    require_known(document, SECTIONS, origin)
    document = fill_given(document, require_table(document.get("given", {}), f"{origin} [given]"), origin)
    require_shapes({name: document[name] for name in ("name", "description") if name in document}, origin)
    source = read_section(document, "source", SOURCE_KEYS, origin)
    attributes = read_section(document, "attributes", {"keep", "missing", "only"}, origin, shaped=False)
    require_source(source, f"{origin} [source]")
    moments = {
        name: build_rule(MomentRule, rule, f"{origin} [moments.{name}]")
        for name, rule in require_table(document.get("moments", {}), f"{origin} [moments]").items()
    }
    files = date_fields(parse_files(document, origin), source.pop("format", None))
    if not any(file.tables for file in files):
        raise MappingError(f"mapping {origin} names no tables; add [tables.leads] with its fields.")
    _require_moments(files, moments, origin)
    return Mapping(
        name=str(document.get("name", Path(origin).stem)),
        description=str(document.get("description", "")),
        files=files,
        moments=moments,
        **_parse_attributes(attributes, f"{origin} [attributes]"),
        missing=("", *source.pop("missing", ())),
        drop=tuple(source.pop("drop", ())),
        handover_history=read_section(document, "handover", {"history"}, origin).get("history", False),
        **source,
    )


def _parse_attributes(attributes: dict[str, Any], origin: str) -> dict[str, Any]:
    missing_in = require_table(attributes.pop("missing", {}), f"{origin} missing")
    for column, values in missing_in.items():
        require_shapes({"missing": values}, f"{origin} missing.{column}")
    require_shapes(attributes, origin)
    return {
        "keep": tuple(attributes.get("keep", ())),
        "only": tuple(attributes["only"]) if "only" in attributes else None,
        "missing_in": {column: tuple(values) for column, values in missing_in.items()},
    }


def _require_moments(files: tuple[FileRule, ...], moments: Dictionary[str, MomentRule], origin: str) -> None:
    for rule in (rule for file in files for table in file.tables for rule in table.fields.values()):
        if rule.moment is not None and rule.moment not in moments:
            raise MappingError(f"mapping {origin} uses moment '{rule.moment}', which [moments] does not have; add it.")
