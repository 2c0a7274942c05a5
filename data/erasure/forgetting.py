"""Forgetting persons: one transaction in which all that names them leaves the store, and the facts stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.erasure.forgotten import keep_forgotten
from data.erasure.merges import add_same, forget_lent, forget_merges
from data.erasure.quarantined import delete_quarantined
from data.erasure.rekeying import choose_ids, give_ids
from data.erasure.turns import begin_erasure
from data.store.merging import lock_merges
from data.suppression import find_secret, read_secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

EMPTIED = {
    "companies": ("name", "domain", "registration_id"),
    "contacts": ("name", "title", "email", "phone"),
    "leads": ("next_action", "attributes"),
    "touches": ("touch",),
}
"""Fields that say who a person is, or that are written freely and may say it. A company's only where it is a person."""


@dataclass(frozen=True)
class Erased:
    """What was erased.

    Attributes:
        contacts: contacts whose identity is gone.
        leads: leads that have another id now.
        companies: companies that were the person: sole proprietors.
        quarantined: rows that were deleted from the quarantine.
    """

    contacts: int
    leads: int
    companies: int
    quarantined: int


def forget_people(connection: sa.Connection, home: Path, contacts: Sequence[str], *, at: datetime) -> Erased:
    """Erase persons: their identity goes, the facts stay under random ids, and keyed hashes keep them out.

    Every version of their contacts loses name, title, address and number, every version of their leads what was
    written freely. Contacts, leads and what was done with these get new ids. Kept features, places in the call queue
    and rows in quarantine are deleted. The rows stay on the disk until :func:`data.maintenance.clear_disk`.

    Args:
        connection: in a transaction.
        home: folder of the installation, with its secret.
        contacts: ids of the contacts; one that is not there is passed over.
        at: now.

    Raises:
        EnvironmentFault: the lists in the store were kept with another secret.
    """
    lock_merges(connection)
    begin_erasure(connection)
    secret = find_secret(connection, home) or read_secret(home)
    connection.execute(sa.text(_CHOOSE_CONTACTS), {"contacts": list(contacts)})
    add_same(connection)
    for statement in _CHOOSE:
        connection.execute(sa.text(statement))
    for party in ("companies", "contacts"):
        forget_lent(connection, party, EMPTIED[party])
    choose_ids(connection)
    keep_forgotten(connection, secret, at)
    quarantined = delete_quarantined(connection)
    for statement in (*_EMPTY, *_DELETE):
        connection.exec_driver_sql(statement)
    forget_merges(connection)
    give_ids(connection)
    connection.execute(_NOTE_LEADS, {"at": at})
    connection.execute(_NOTE, {"at": at})
    contact_count, lead_count, company_count = connection.exec_driver_sql(_COUNT).one()
    for name in ("rekeyed", "erased_companies", "erased_leads_now", "erased_contacts"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
    return Erased(contact_count, lead_count, company_count, quarantined)


_CHOOSE_CONTACTS = """
    CREATE TEMP TABLE erased_contacts ON COMMIT DROP AS
    SELECT DISTINCT p.contact_id, c.client_id FROM contacts p JOIN companies c USING (company_id)
    WHERE p.contact_id = ANY(CAST(:contacts AS text[]))"""

_CHOOSE = (
    """
    CREATE TEMP TABLE erased_companies ON COMMIT DROP AS
    SELECT c.company_id, min(c.client_id) AS client_id, coalesce(bool_or(c.sole_proprietor), FALSE) AS sole,
           NOT EXISTS (SELECT FROM contacts o WHERE o.company_id = c.company_id
                       AND o.contact_id NOT IN (SELECT contact_id FROM erased_contacts)) AS alone
    FROM companies c JOIN contacts p USING (company_id) JOIN erased_contacts e USING (contact_id)
    WHERE c.company_id IN (SELECT company_id FROM companies WHERE sole_proprietor)
       OR p.name LIKE '% %' AND position(lower(trim(p.name)) IN lower(c.name)) > 0
    GROUP BY c.company_id""",
    """
    INSERT INTO erased_companies
    WITH RECURSIVE same AS (
        SELECT company_id, client_id, sole, alone FROM erased_companies
        UNION
        SELECT m.merged, same.client_id, same.sole, same.alone FROM same JOIN merges m ON m.kept = same.company_id
        WHERE m.table_name = 'companies' AND m.undone_at IS NULL)
    SELECT * FROM same WHERE company_id NOT IN (SELECT company_id FROM erased_companies)""",
    """
    CREATE TEMP TABLE erased_leads_now ON COMMIT DROP AS
    SELECT DISTINCT l.lead_id FROM leads l
    LEFT JOIN erased_contacts e USING (contact_id)
    LEFT JOIN erased_companies c ON c.company_id = l.company_id AND c.alone AND l.contact_id IS NULL
    WHERE l.superseded_at IS NULL AND (e.contact_id IS NOT NULL OR c.company_id IS NOT NULL)""",
)

_OWNED = "(SELECT contact_id FROM erased_contacts)"
_THEIRS = "(SELECT lead_id FROM erased_leads_now)"


def _empty(table: str, where: str) -> str:
    emptied = ", ".join(f"{field} = {_EMPTY_VALUES.get(field, 'NULL')}" for field in EMPTIED[table])
    return f"UPDATE {table} SET {emptied} WHERE {where}"


_EMPTY_VALUES = {"attributes": "CASE WHEN attributes IS NOT NULL THEN '{}'::jsonb END"}

_EMPTY = (
    _empty("companies", "company_id IN (SELECT company_id FROM erased_companies)"),
    _empty("contacts", f"contact_id IN {_OWNED}"),
    _empty("leads", f"contact_id IN {_OWNED} OR lead_id IN {_THEIRS}"),
    _empty("touches", f"lead_id IN {_THEIRS}"),
    f"UPDATE contacts SET do_not_call = TRUE WHERE contact_id IN {_OWNED}",  # the open leads stay, and nobody calls
)

BESIDE = ("lead_features", "call_queue", "scored_meanwhile")
_DELETE = tuple(f"DELETE FROM {name} WHERE lead_id IN {_THEIRS}" for name in BESIDE)

_NOTE_LEADS = sa.text("""
    INSERT INTO erased_leads (lead_id, erased_at) SELECT new, :at FROM rekeyed WHERE of = 'leads'
    ON CONFLICT DO NOTHING""")

_NOTE = sa.text("INSERT INTO erasures (erased_at) VALUES (:at)")

_COUNT = """
    SELECT (SELECT count(*) FROM erased_contacts), (SELECT count(*) FROM erased_leads_now),
           (SELECT count(*) FROM erased_companies)"""
