"""Erasing again whom an older backup has brought back: the list of the forgotten knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.erasure.forgetting import forget_people
from data.erasure.forgotten import read_forgotten
from data.erasure.refusing import find_cells
from data.suppression import hash_emails, hash_ids, hash_phones

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.erasure.forgotten import Forgotten


def forget_again(connection: sa.Connection, home: Path, *, at: datetime) -> int:
    """Erase every contact of the store that an import would refuse, and such rows in quarantine; how many contacts.

    Args:
        connection: in a transaction.
        home: folder of the installation, with its secret.
        at: now.
    """
    forgotten = read_forgotten(connection, home)
    if forgotten is None:
        return 0
    contacts = _find_contacts(connection, forgotten)
    if contacts:
        forget_people(connection, home, contacts, at=at)
    _delete_quarantined(connection, forgotten)
    return len(contacts)


def _find_contacts(connection: sa.Connection, forgotten: Forgotten) -> list[str]:
    columns = ["contact_id", "lead_id", "client_id", "email", "phone"]
    rows = pd.DataFrame(connection.exec_driver_sql(_CONTACTS).all(), columns=columns, dtype="str")
    found = hash_ids("contacts", rows["contact_id"], forgotten.secret).isin(forgotten.ids)
    found |= hash_ids("leads", rows["lead_id"], forgotten.secret).isin(forgotten.ids)
    for digests in (hash_emails(rows["email"], forgotten.secret), hash_phones(rows["phone"], forgotten.secret)):
        pairs = zip(digests, rows["client_id"], strict=True)
        found |= pd.Series([pair in forgotten.reached for pair in pairs], index=rows.index, dtype=bool)
    return sorted(rows["contact_id"][found].unique())


def _delete_quarantined(connection: sa.Connection, forgotten: Forgotten) -> None:
    cells = connection.exec_driver_sql(_CELLS).all()
    frame = pd.DataFrame(cells, columns=["quarantine_id", "cell"]).astype({"cell": "str"})
    found = find_cells(forgotten, frame[["cell"]])
    ids = [int(one) for one in frame["quarantine_id"][found].unique()]
    connection.execute(sa.text("DELETE FROM quarantine WHERE quarantine_id = ANY(:ids)"), {"ids": ids})


_CONTACTS = """
    SELECT DISTINCT p.contact_id, l.lead_id, c.client_id, p.email, p.phone
    FROM contacts p JOIN companies c USING (company_id)
    LEFT JOIN leads l ON l.contact_id = p.contact_id AND l.superseded_at IS NULL
    WHERE NOT starts_with(p.contact_id, 'erased-')"""

_CELLS = "SELECT quarantine_id, c.value FROM quarantine, json_each_text(content) c"
