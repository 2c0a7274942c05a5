"""The tables of a mapping as they are written: for each field where its value comes from, and which rows are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.contract import CONTRACT, Kind
from data.errors import MappingError
from data.imports.mapping.conditions import Condition
from data.imports.mapping.open_choices import require_format
from data.imports.mapping.rules import FieldRule, TableRule
from data.imports.mapping.shapes import build_rule, require_known, require_table

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary


def parse_tables(tables: Any, origin: str) -> tuple[TableRule, ...]:
    """The rules of each table, in the contract's order, so that parents come first.

    Raises:
        MappingError: a table, field or code is not known, a required field is lacking, or a rule says too much.
    """
    require_known(require_table(tables, origin), set(CONTRACT), origin)
    ordered = sorted(tables, key=list(CONTRACT).index)
    return tuple(_parse_table(name, tables[name], f"{origin.removesuffix(']')}.{name}]") for name in ordered)


def parse_where(rules: Any, origin: str) -> tuple[Condition, ...]:
    """The conditions of a file or table: one, or a list of them."""
    rules = rules if isinstance(rules, list) else [rules]
    return tuple(build_rule(Condition, rule, origin) for rule in rules)


def _parse_table(name: str, rules: Any, origin: str) -> TableRule:
    table = CONTRACT[name]
    require_known(require_table(rules, origin), {*table.names, "where"}, origin)
    conditions = parse_where(rules.get("where", []), f"{origin} where")
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
    built: FieldRule = build_rule(FieldRule, rule, origin)
    require_format(built.format, origin)
    return built


def _require_codes(codes: Dictionary[str, str], allowed: tuple[str, ...], origin: str) -> None:
    for code in codes.values():
        if code not in allowed:
            raise MappingError(f"mapping {origin}: '{code}' is not a code; allowed are {', '.join(allowed)}.")
