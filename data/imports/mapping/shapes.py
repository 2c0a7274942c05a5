"""What each key of a mapping holds: other keys and other values are refused, with what was hardly meant otherwise."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from data.errors import MappingError
from data.imports.names import find_near

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

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

WORDS: dict[Any, str] = {str: "a text", list: "a list of texts", dict: "a table", NUMBERS: "a number"}
WORDS |= {int: "a whole number", bool: "true or false", (str, *NUMBERS): "a text or a number"}


def read_section(
    document: Dictionary[str, Any], name: str, known: set[str], origin: str, *, shaped: bool = True
) -> dict[str, Any]:
    """A section of the document with its known keys; empty where there is none.

    Raises:
        MappingError: it has another key or, where it is to be checked already, another kind of value.
    """
    section = dict(require_table(document.get(name, {}), f"{origin} [{name}]"))
    require_known(section, known, f"{origin} [{name}]")
    if shaped:
        require_shapes(section, f"{origin} [{name}]")
    return section


def build_rule(kind: type[Any], rule: Any, origin: str) -> Any:
    """Build a rule, which is a dataclass of the mapping, from its table in the document.

    Raises:
        MappingError: a key is not known, lacking, or holds another kind of value.
    """
    known = {each.name for each in fields(kind)}
    require_known(require_table(rule, origin), known, origin)
    require_shapes({name: value for name, value in rule.items() if name != "value"}, origin)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in rule.items()}
    try:
        return kind(**values)
    except TypeError as error:
        lacking = ", ".join(str(error).partition("argument")[2].split("'")[1::2])
        raise MappingError(f"mapping {origin} lacks {lacking}; add it.") from error


def require_table(value: Any, origin: str) -> Dictionary[str, Any]:
    """Refuse what is no table; the table itself otherwise."""
    if not isinstance(value, dict):
        raise MappingError(f"mapping {origin} is {value!r}; write a table of names and values.")
    return value


def require_shapes(values: Dictionary[str, Any], origin: str) -> None:
    """Refuse values of another kind than their keys hold."""
    for name, value in values.items():
        shape = SHAPES[name]
        right = isinstance(value, shape) and not (shape in (int, NUMBERS) and isinstance(value, bool))
        inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        if not right or not all(isinstance(each, str) for each in inner):
            raise MappingError(f"mapping {origin} {name} is {value!r}; write {WORDS[shape]}.")


def require_known(given: Dictionary[str, Any], known: set[str], origin: str) -> None:
    """Refuse names that are not known, and say which is near."""
    for name in given:
        if name not in known:
            near = find_near(name, known)
            hint = f"did you mean '{near}'?" if near else f"known are {', '.join(sorted(known))}."
            raise MappingError(f"mapping {origin} has '{name}', which is not known; {hint}")
