"""Where the dates of suggested tables come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.imports.suggest.swapped_dates import explain_swapped

if TYPE_CHECKING:
    from data.imports.suggest.export import Export

NO_DATE = "2000-01-01"
DECIDED_DAYS = 30


def choose_dates(export: Export) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where a lead's date comes from, and its outcome's."""
    created = _date(export, "created") if "created" in export.roles else {"value": NO_DATE}
    if "closed" in export.roles:
        return created, _date(export, "closed")
    if export.won:
        export.notes.append(
            f"The file does not say when an outcome was known: {DECIDED_DAYS} days after the lead are assumed "
            "(plus_days under tables.deals and tables.lead_stages)."
        )
    return created, created | {"plus_days": DECIDED_DAYS}


def _date(export: Export, role: str) -> dict[str, Any]:
    column = export.roles[role]
    is_date, style = export.dates.find(column)
    export.notes += [note for note in explain_swapped(column, export.rows[column]) if note not in export.notes]
    if not is_date:
        style = "excel"
        export.notes.append(
            f"Column '{column}' was taken for serial dates of the 1900 calendar, which begin with "
            f'{export.dates.find_serials(column)}; if all are four years early, write format = "excel-1904".'
        )
    return {"column": column} | ({"format": style} if style else {})
