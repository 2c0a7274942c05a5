"""Mappings as they are written: a TOML document becomes a :class:`~data.imports.mapping.Mapping`, or is refused."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data.contract import CONTRACT, Kind
from data.errors import MappingError
from data.imports.conditions import Condition
from data.imports.given import fill_given
from data.imports.made_columns import SEVERAL, MadeColumn
from data.imports.mapping import FieldRule, FileRule, Mapping, MomentRule, TableRule, contract_mapping
from data.imports.mapping_dates import date_fields
from data.imports.names import find_near
from data.imports.open_choices import SIGNS, require_format, require_signs

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Dictionary

BUILT_IN = Path(__file__).parent.parent / "mappings"
SECTIONS = {
    *("name", "description", "given", "source", "moments", "attributes", "tables", "columns", "where", "files"),
    "handover",
}
ORDERS = ("time", "rows", "none")
NUMBERS = (int, float)
SHAPES: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "description": str,
    "delimiter": str,
    "encoding": str,
    "decimal": str,
    "decimals": dict,
    "sheet": str,
    "time_zone": str,
    "country": str,
    "order": str,
    "drop": list,
    "keep": list,
    "only": list,
    "missing": list,
    "column": str,
    "values": list,
    "row": str,
    "moment": str,
    "prefix": str,
    "codes": dict,
    "format": str,
    "times": NUMBERS,
    "round": bool,
    "plus_days": NUMBERS,
    "month": str,
    "day": str,
    "first_year": int,
    "optional": bool,
    "otherwise": (str, *NUMBERS),
    "unless": list,
    "empty": bool,
    "first": list,
    "least": list,
    "join": list,
    "between": str,
    "split": str,
    "lookup": str,
    "by": str,
    "key": str,
    "take": str,
    "several": str,
    "history": bool,
}
"""What each key of the document holds; a list is a list of texts, ``codes`` a table of texts."""

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
WORDS: dict[Any, str] = {str: "a text", list: "a list of texts", dict: "a table", NUMBERS: "a number"}
WORDS |= {int: "a whole number", bool: "true or false", (str, *NUMBERS): "a text or a number"}


def list_mappings() -> tuple[str, ...]:
    """Names of the mappings that come with callworth.

    >>> "uci-bank" in list_mappings()
    True
    """
    return ("contract", *sorted(path.stem for path in BUILT_IN.glob("*.toml")))


def load_mapping(name: str) -> Mapping:
    """Load a mapping by the name of one that comes with callworth, or by the path of your own.

    Raises:
        MappingError: there is none of that name, it says something that cannot be understood, or it is another than the
            one that comes with callworth under the name it gives itself: rows released from quarantine by that name
            would go through the wrong one.
    """
    if name == "contract":
        return contract_mapping()
    path = BUILT_IN / f"{name}.toml" if name in list_mappings() else Path(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        known = ", ".join(list_mappings())
        raise MappingError(f"mapping '{name}' is neither a text file nor one of {known}; give one of these.") from error
    mapping = read_mapping(text, name)
    if name not in list_mappings() and mapping.name in list_mappings() and mapping != load_mapping(mapping.name):
        raise MappingError(
            f"mapping {name} has the name '{mapping.name}' of one that comes with callworth, and says other things; "
            "give it a name of its own."
        )
    return mapping


def read_mapping_text(name: str) -> str:
    """The TOML of a mapping that comes with callworth, to be copied and changed.

    Raises:
        MappingError: there is none of that name, or it is ``contract``, which is no file.
    """
    if name not in list_mappings() or name == "contract":
        near = find_near(name, list_mappings()[1:])
        hint = f"did you mean '{near}'?" if near else f"show one of {', '.join(list_mappings()[1:])}."
        raise MappingError(f"mapping '{name}' is no file that comes with callworth; {hint}")
    return (BUILT_IN / f"{name}.toml").read_text(encoding="utf-8")


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
    _require_known(document, SECTIONS, origin)
    document = fill_given(document, _table(document.get("given", {}), f"{origin} [given]"), origin)
    _require_shapes({name: document[name] for name in ("name", "description") if name in document}, origin)
    source = _read_section(document, "source", SOURCE_KEYS, origin)
    attributes = _read_section(document, "attributes", {"keep", "missing", "only"}, origin, shaped=False)
    _require_source(source, f"{origin} [source]")
    require_signs(source.get("decimals", {}), f"{origin} [source]")
    require_format(source.get("format"), f"{origin} [source]")
    moments = {
        name: _build(MomentRule, rule, f"{origin} [moments.{name}]")
        for name, rule in _table(document.get("moments", {}), f"{origin} [moments]").items()
    }
    files = date_fields(_parse_files(document, origin), source.pop("format", None))
    if not any(file.tables for file in files):
        raise MappingError(f"mapping {origin} names no tables; add [tables.leads] with its fields.")
    _require_moments(files, moments, origin)
    missing_in = _table(attributes.pop("missing", {}), f"{origin} [attributes] missing")
    for column, values in missing_in.items():
        _require_shapes({"missing": values}, f"{origin} [attributes] missing.{column}")
    _require_shapes(attributes, f"{origin} [attributes]")
    return Mapping(
        name=str(document.get("name", Path(origin).stem)),
        description=str(document.get("description", "")),
        files=files,
        moments=moments,
        keep=tuple(attributes.get("keep", ())),
        only=tuple(attributes["only"]) if "only" in attributes else None,
        missing_in={column: tuple(values) for column, values in missing_in.items()},
        missing=("", *source.pop("missing", ())),
        drop=tuple(source.pop("drop", ())),
        handover_history=_read_section(document, "handover", {"history"}, origin).get("history", False),
        **source,
    )


def _read_section(
    document: Dictionary[str, Any], name: str, known: set[str], origin: str, *, shaped: bool = True
) -> dict[str, Any]:
    section = dict(_table(document.get(name, {}), f"{origin} [{name}]"))
    _require_known(section, known, f"{origin} [{name}]")
    if shaped:
        _require_shapes(section, f"{origin} [{name}]")
    return section


def _parse_files(document: Dictionary[str, Any], origin: str) -> tuple[FileRule, ...]:
    if "tables" in document and "files" in document:
        raise MappingError(f"mapping {origin} has [tables] and [files]; keep one of the two.")
    if "tables" in document:
        tables = _parse_tables(document["tables"], f"{origin} [tables]")
        columns = _parse_columns(document.get("columns", {}), (), f"{origin} [columns]")
        return (FileRule(None, tables, False, columns, _parse_where(document.get("where", []), f"{origin} where")),)
    files = []
    names = tuple(_table(document.get("files", {}), f"{origin} [files]"))
    for name, file in _table(document.get("files", {}), f"{origin} [files]").items():
        where = f"{origin} [files.'{name}']"
        _require_known(_table(file, where), {"tables", "optional", "columns", "where"}, where)
        _require_shapes({"optional": file.get("optional", False)}, where)
        tables = _parse_tables(file.get("tables", {}), f"{where} [tables]")
        columns = _parse_columns(file.get("columns", {}), names, f"{where} [columns]")
        conditions = _parse_where(file.get("where", []), f"{where} where")
        files.append(FileRule(name, tables, file.get("optional", False), columns, conditions))
    return tuple(files)


def _parse_where(rules: Any, origin: str) -> tuple[Condition, ...]:
    rules = rules if isinstance(rules, list) else [rules]
    return tuple(_build(Condition, rule, origin) for rule in rules)


def _parse_columns(rules: Any, files: tuple[str, ...], origin: str) -> dict[str, MadeColumn]:
    return {
        name: _parse_column(rule, files, f"{origin.removesuffix(']')}.'{name}']")
        for name, rule in _table(rules, origin).items()
    }


def _parse_column(rule: Any, files: tuple[str, ...], origin: str) -> MadeColumn:
    column: MadeColumn = _build(MadeColumn, rule, origin)
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


def _parse_tables(tables: Any, origin: str) -> tuple[TableRule, ...]:
    _require_known(_table(tables, origin), set(CONTRACT), origin)
    ordered = sorted(tables, key=list(CONTRACT).index)
    return tuple(_parse_table(name, tables[name], f"{origin.removesuffix(']')}.{name}]") for name in ordered)


def _parse_table(name: str, rules: Any, origin: str) -> TableRule:
    table = CONTRACT[name]
    _require_known(_table(rules, origin), {*table.names, "where"}, origin)
    conditions = _parse_where(rules.get("where", []), f"{origin} where")
    parsed = {field: _parse_rule(rule, f"{origin} {field}") for field, rule in rules.items() if field != "where"}
    for column in table.columns:
        if column.required and column.name not in (*parsed, "known_at"):
            raise MappingError(f"mapping {origin} lacks {column.name} ({column.means}); add it.")
        if column.name in parsed and (allowed := ("true", "false") if column.kind is Kind.FLAG else column.codes):
            _require_codes(parsed[column.name].codes, allowed, f"{origin} {column.name}")
    return TableRule(name, parsed, conditions)


def _parse_rule(rule: Any, origin: str) -> FieldRule:
    if isinstance(rule, str):
        return FieldRule(column=rule)
    if not isinstance(rule, dict):
        raise MappingError(f"mapping {origin} is {rule!r}; write a column's name or {{ value = … }}.")
    if len([name for name in ("column", "value", "row", "moment") if name in rule]) != 1:
        raise MappingError(f"mapping {origin} needs exactly one of column, value, row and moment.")
    if isinstance(rule.get("value"), (list, dict)):
        raise MappingError(f"mapping {origin} value is {rule['value']!r}; write one text, number, date, true or false.")
    built: FieldRule = _build(FieldRule, rule, origin)
    require_format(built.format, origin)
    return built


def _require_source(source: dict[str, Any], origin: str) -> None:
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


def _require_moments(files: tuple[FileRule, ...], moments: Dictionary[str, MomentRule], origin: str) -> None:
    for rule in (rule for file in files for table in file.tables for rule in table.fields.values()):
        if rule.moment is not None and rule.moment not in moments:
            raise MappingError(f"mapping {origin} uses moment '{rule.moment}', which [moments] does not have; add it.")


def _require_codes(codes: Dictionary[str, str], allowed: tuple[str, ...], origin: str) -> None:
    for code in codes.values():
        if code not in allowed:
            raise MappingError(f"mapping {origin}: '{code}' is not a code; allowed are {', '.join(allowed)}.")


def _build(kind: type[Any], rule: Any, origin: str) -> Any:
    known = {each.name for each in fields(kind)}
    _require_known(_table(rule, origin), known, origin)
    _require_shapes({name: value for name, value in rule.items() if name != "value"}, origin)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in rule.items()}
    try:
        return kind(**values)
    except TypeError as error:
        lacking = ", ".join(str(error).partition("argument")[2].split("'")[1::2])
        raise MappingError(f"mapping {origin} lacks {lacking}; add it.") from error


def _table(value: Any, origin: str) -> Dictionary[str, Any]:
    if not isinstance(value, dict):
        raise MappingError(f"mapping {origin} is {value!r}; write a table of names and values.")
    return value


def _require_shapes(values: Dictionary[str, Any], origin: str) -> None:
    for name, value in values.items():
        shape = SHAPES[name]
        right = isinstance(value, shape) and not (shape in (int, NUMBERS) and isinstance(value, bool))
        inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        if not right or not all(isinstance(each, str) for each in inner):
            raise MappingError(f"mapping {origin} {name} is {value!r}; write {WORDS[shape]}.")


def _require_known(given: Dictionary[str, Any], known: set[str], origin: str) -> None:
    for name in given:
        if name not in known:
            near = find_near(name, known)
            hint = f"did you mean '{near}'?" if near else f"known are {', '.join(sorted(known))}."
            raise MappingError(f"mapping {origin} has '{name}', which is not known; {hint}")
