"""What a source does not say and the user does: values with a name, in one place at the top of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import MappingError
from data.imports.names import find_near, list_names

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary


def fill_given(rules: Any, given: Dictionary[str, Any], origin: str) -> Any:
    """Put the given values where fields ask for them.

    Args:
        rules: the document, or a part of it.
        given: its values by name.
        origin: name of the mapping, for messages.

    Returns:
        The same, with ``{ value = … }`` for each ``{ given = name }``.

    Raises:
        MappingError: a field asks for one that is not given.

    >>> fill_given({"client_id": {"given": "client"}}, {"client": "nordlys"}, "m")
    {'client_id': {'value': 'nordlys'}}
    """
    if isinstance(rules, list):
        return [fill_given(rule, given, origin) for rule in rules]
    if not isinstance(rules, dict):
        return rules
    if set(rules) == {"given"} and isinstance(rules["given"], str):
        return {"value": _find(rules["given"], given, origin)}
    return {name: fill_given(rule, given, origin) for name, rule in rules.items()}


def _find(name: str, given: Dictionary[str, Any], origin: str) -> Any:
    if name in given:
        return given[name]
    near = find_near(name, given)
    hint = f"did you mean '{near}'?" if near else f"it has {list_names(list(given)) or 'none'}; add it."
    raise MappingError(f"mapping {origin} asks for '{name}', which [given] does not have; {hint}")
