"""The roles of an export's columns, by what they are called and by what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.names import NAMES, find_column, find_columns
from data.imports.suggest.coded import CODED, is_coded
from data.imports.suggest.contents import is_flag, is_numeric, split_outcomes

if TYPE_CHECKING:
    from data.imports.suggest.export import Export

SHOWN = 2
NAMES_PER_ROW = 0.2  # names of people and companies differ more than a coded list does
CODES = {"country": "[A-Z]{2}|", "currency": "[A-Z]{3}"}
FLAG_FIELDS = ("do_not_call", "robinson", "advertising_protected")

EXPECTED = {
    "created": "dates in one format",
    "closed": "dates in one format",
    "amount": "numbers",
    "employees": "numbers",
}
"""What should stand in a column of such a name, where to miss it in silence would cost a figure."""


def find_roles(export: Export) -> None:
    """Give each role the first column that goes by one of its names and can be that; then read off the outcomes."""
    columns = list(export.rows.columns)
    for role, names in NAMES.items():
        first = find_column(columns, names)
        candidates = find_columns(columns, names) if role == "outcome" else [first] if first else []
        for column in candidates:
            if column in export.roles.values():
                continue
            if _fits(export, role, column):
                export.roles[role] = column
                break
            if role in EXPECTED:
                export.notes += _explain_misfit(export, role, column)
    _find_outcome(export, columns[-1])


def _explain_misfit(export: Export, role: str, column: str) -> list[str]:
    filled = [text for text in export.rows[column].unique() if text]
    if not filled:
        return []
    shown = ", ".join(f"'{text[:40]}'" for text in filled[:SHOWN])
    expected = f"{EXPECTED[role]} are expected there, and it holds {shown}"
    return [f"Column '{column}' is not taken for what its name says: {expected}."]


def _fits(export: Export, role: str, column: str) -> bool:
    """Whether what stands in a column can be what its name says."""
    text = export.rows[column]
    if role in ("created", "closed"):
        return export.dates.find(column)[0] or export.dates.find_serials(column) is not None
    if role == "outcome":
        return bool(split_outcomes(text)[0])
    if role in ("amount", "employees"):
        return is_numeric(text, export.signs.find(column))
    if role in FLAG_FIELDS:
        return is_flag(text)
    if role in ("company_name", "contact_name"):
        return text.nunique() >= NAMES_PER_ROW * len(text)
    if role in CODED:
        return is_coded(role, text)
    if role in CODES:
        return bool(text.str.fullmatch(CODES[role]).all())
    return role != "campaign" or not is_numeric(text, export.signs.find(column))


def _find_outcome(export: Export, last: str) -> None:
    """Take the last column where no name says outcome and it says yes or no; read off what won and lost are."""
    if "outcome" not in export.roles and last not in export.roles.values() and is_flag(export.rows[last]):
        export.roles["outcome"] = last
    if "outcome" not in export.roles:
        return
    export.won, export.lost, rest = split_outcomes(export.text("outcome"))
    column = export.roles["outcome"]
    export.notes.append(
        f"Column '{column}' was taken for the outcome: won is {', '.join(export.won)}; "
        f"lost is {', '.join(export.lost) or 'nothing'}; still open is {', '.join(rest[:8]) or 'nothing'}."
    )
