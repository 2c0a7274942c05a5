"""Columns with codes: those whose every value an alias explains, and the codes that are proposed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.imports.suggest.document import write_value
from data.imports.values import propose_codes

if TYPE_CHECKING:
    import pandas as pd

    from data.imports.suggest.export import Export

CODED = ("consent", "disposition", "decision_level")
"""Roles whose columns hold codes."""


def is_coded(role: str, text: pd.Series) -> bool:
    """Whether something stands in a column, and all of it is explained."""
    values = _list_values(text)
    return bool(values) and len(propose_codes(role, values)) == len(values)


def describe_codes(export: Export, role: str) -> dict[str, Any]:
    """The rule of a coded field; empty where no column was found for it."""
    if role not in export.roles:
        return {}
    return {"column": export.roles[role], "codes": propose_codes(role, _list_values(export.text(role)))}


def describe_consents(export: Export, contact: dict[str, Any], created: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The table of consents, where a column says yes or no to it."""
    if "consent" not in export.roles:
        return {}
    rules = {
        "where": {"column": export.roles["consent"], "values": _list_values(export.text("consent"))},
        "consent_id": {"row": "consent"},
        "contact_id": contact,
        "consent": describe_codes(export, "consent"),
        "occurred_at": created,
    }
    return {"tables.consents": rules}


def drop_dispositions(export: Export) -> None:
    """Leave results of calls out, for a row is a lead; say how they are read where each row is a call."""
    if "disposition" not in export.roles:
        return
    rule = write_value(describe_codes(export, "disposition"))
    column = export.roles.pop("disposition")
    export.drop.append(column)
    export.notes.append(
        f"Column '{column}' is dropped: it holds results of calls, and a row here is a lead. Where each row is a call, "
        f"write under [tables.calls]: disposition = {rule}."
    )


def _list_values(text: pd.Series) -> list[str]:
    return sorted(value for value in text.unique() if value)
