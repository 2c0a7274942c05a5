"""Where the keys and the amount of a suggested table come from: a column that will do, or the row itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.imports.suggest.export import Export


def choose_key(export: Export, role: str, roles: list[str], name: str, *, shared: bool = True) -> dict[str, Any]:
    """A column that identifies the rows' entity, if it is filled in and its rows agree; else the row itself.

    Args:
        export: the file.
        role: of the column.
        roles: of the columns that say something about the entity.
        name: of the entity.
        shared: whether several rows may be about one entity.
    """
    if not export.is_filled(role):
        return {"row": name}
    columns = dict.fromkeys(export.roles[each] for each in [role, *roles] if each in export.roles)
    rows = export.rows[list(columns)]
    distinct = rows.drop_duplicates() if shared else rows
    if not distinct[export.roles[role]].duplicated().any():
        return {"column": export.roles[role]}
    export.notes.append(f"Column '{export.roles[role]}' does not identify a {name}: rows that share it differ.")
    return {"row": name}


def choose_amount(export: Export) -> dict[str, Any]:
    """The amount of a deal: the column, if it is filled in wherever a lead was won; else 0."""
    won = export.text("outcome").isin(export.won)
    if "amount" in export.roles and (export.text("amount")[won] != "").all():
        return {"column": export.roles["amount"], "times": 100}
    export.roles.pop("amount", None)
    return {"value": 0}
