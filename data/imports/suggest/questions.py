"""What a file leaves open: asked for, with what to write, and never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.mapping import OR, write_choices
from data.imports.suggest.decimal_sign import explain_choice
from data.imports.values import list_formats

if TYPE_CHECKING:
    from data.imports.suggest.export import Export

DATES, WHOLE, NUMBERS = ("created", "closed"), ("employees",), ("amount", "employees")


def ask_questions(export: Export) -> tuple[list[str], dict[str, str]]:
    """The questions, and the decimal sign of each column that has one of its own or a choice of two.

    A column of whole things settles its sign: nobody has 1.25 employees.
    """
    asks = [_ask_format(export, role) for role in DATES if OR in (_find_format(export, role) or "")]
    decimals = {name: sign for name, sign in export.signs.decimals.items() if name in export.rows}
    whole = {export.roles[role] for role in WHOLE if role in export.roles}
    named = set(export.roles.values()) - {export.roles[role] for role in NUMBERS if role in export.roles}
    for name, text in export.open_signs.items():
        if name in export.drop or name in named:
            continue
        if name in whole:
            decimals[name] = "," if "." in text else "."
        else:
            decimals[name] = write_choices([".", ","])
            asks.append(explain_choice(name, text))
    used = {name: sign for name, sign in decimals.items() if name not in export.drop}
    return asks, {name: sign for name, sign in used.items() if sign != export.signs.decimal}


def _find_format(export: Export, role: str) -> str | None:
    return export.dates.find(export.roles[role])[1] if role in export.roles else None


def _ask_format(export: Export, role: str) -> str:
    styles = str(_find_format(export, role)).split(OR)
    column = export.roles[role]
    example = next((text for text in export.rows[column] if list_formats(text)), "")
    return f"Column '{column}': '{example}' can be {write_choices(styles)}; keep the format that is meant."
