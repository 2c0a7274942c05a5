"""A mapping as TOML text."""

from __future__ import annotations

from json import dumps
from typing import Any


def write_document(sections: dict[str, dict[str, Any]]) -> str:
    """The TOML of a mapping's sections; that of the empty name stands first, without a heading.

    >>> print(write_document({"": {"name": "x"}, "tables.leads": {"lead_id": {"column": "Id"}}}), end="")
    name = "x"
    <BLANKLINE>
    [tables.leads]
    lead_id = "Id"
    """
    return "\n\n".join(_write_table(name, rules) for name, rules in sections.items()) + "\n"


def _write_table(name: str, rules: dict[str, Any]) -> str:
    lines = [f"[{name}]"] if name else []
    return "\n".join([*lines, *(f"{key} = {write_value(value)}" for key, value in rules.items())])


def write_value(value: Any) -> str:
    """A value as TOML; a rule that only names a column as that name."""
    if isinstance(value, dict):
        if list(value) == ["column"]:
            return write_value(value["column"])
        return "{ " + ", ".join(f"{_write_key(key)} = {write_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(write_value(each) for each in value) + "]"
    return dumps(value, ensure_ascii=False)


def _write_key(key: str) -> str:
    return key if key.isidentifier() and key.isascii() else dumps(key, ensure_ascii=False)
