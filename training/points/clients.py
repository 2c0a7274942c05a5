"""The client of each campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.visible import open_visible

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables


def find_clients(tables: Tables, as_of: datetime) -> dict[str, str]:
    """The client of each campaign visible at a moment, by the campaign's id, in the order of the ids."""
    with open_visible(tables, ("campaigns",), as_of) as connection:
        rows = connection.execute("SELECT campaign_id, client_id FROM campaigns ORDER BY campaign_id").fetchall()
    return dict(rows)
