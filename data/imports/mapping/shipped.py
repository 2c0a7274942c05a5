"""Mappings that come with callworth, by name: that of the contract's own files, and those written for known sources."""

from __future__ import annotations

from pathlib import Path

from data.contract import CONTRACT
from data.errors import MappingError
from data.imports.mapping.document import read_mapping
from data.imports.mapping.rules import FieldRule, FileRule, Mapping, TableRule
from data.imports.names import find_near

BUILT_IN = Path(__file__).parents[2] / "mappings"


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


def contract_mapping() -> Mapping:
    """The mapping of files that have the contract's own columns: ``<table>.csv`` in a folder."""
    files = []
    for table in CONTRACT.values():
        rules = {column.name: FieldRule(column=column.name) for column in table.columns}
        files.append(FileRule(f"{table.name}.csv", (TableRule(table.name, rules),), optional=True))
    return Mapping("contract", tuple(files), description="the contract's own tables as CSV", strict_columns=True)
