"""The one currency of a report."""

from __future__ import annotations

from typing import Any

from data.errors import BadInput

USED = """
SELECT currency FROM outcomes WHERE inside
UNION SELECT currency FROM pipeline WHERE counted
UNION SELECT currency FROM charges
"""


def find_currency(connection: Any) -> str | None:
    """The currency of all amounts that the report counts.

    Returns:
        ISO 4217 code; without any amount that of the clients, where they agree, else None.

    Raises:
        BadInput: the amounts are in more than one currency.
    """
    used = _list_codes(connection, USED)
    if len(used) > 1:
        named = f"{', '.join(used[:-1])} and {used[-1]}"
        raise BadInput(
            f"the report's amounts are in {named}, which cannot be added; ask for one client or one currency at a time."
        )
    if used:
        return used[0]
    agreed = _list_codes(connection, "SELECT DISTINCT currency FROM clients")
    return agreed[0] if len(agreed) == 1 else None


def _list_codes(connection: Any, query: str) -> list[str]:
    rows = connection.execute(f"SELECT currency FROM ({query}) WHERE currency IS NOT NULL ORDER BY 1").fetchall()
    return [code for (code,) in rows]
