"""New ids: the facts about an erased person stay, under random ids that no source knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract import CONTRACT

if TYPE_CHECKING:
    import sqlalchemy as sa

    from data.contract import Table

BOOKKEEPING = ("opportunities", "opportunity_stages", "deals", "deal_reversals", "costs")
"""The company's own books: their rows keep their ids, and name the lead by its new one."""

PREFIX = "erased-"
IDENTITY_LENGTH = 17
"""Of the end of an id that was made from a whole source row: a hyphen and 16 hexadecimal digits."""


def choose_ids(connection: sa.Connection) -> None:
    """Write the temporary table ``rekeyed``: the old and the new id of all that is an erased person's.

    Args:
        connection: with the temporary tables ``erased_contacts``, ``erased_companies`` and ``erased_leads_now``.
    """
    connection.exec_driver_sql(
        "CREATE TEMP TABLE rekeyed (of text, old text, new text, known_again boolean DEFAULT TRUE,"
        " PRIMARY KEY (of, old)) ON COMMIT DROP"
    )
    for name, chosen_in, key in (
        ("companies", "erased_companies", "company_id"),
        ("contacts", "erased_contacts", "contact_id"),
        ("leads", "erased_leads_now", "lead_id"),
    ):
        condition = " WHERE alone" if name == "companies" else ""
        connection.exec_driver_sql(_choose(name, f"SELECT {key} FROM {chosen_in}{condition}"))
    for table in CONTRACT.values():
        if table.name in ("companies", "contacts", "leads"):
            continue
        if table.name in BOOKKEEPING:
            connection.exec_driver_sql(_choose(table.name, _select_composed(table)))
        elif not _is_shared(table):
            connection.exec_driver_sql(_choose(table.name, _select_belonging(table)))
    connection.exec_driver_sql(_COMPOSED_COMPANIES)
    connection.exec_driver_sql(_NAMED_COMPANIES)
    connection.exec_driver_sql("ANALYZE rekeyed")


def give_ids(connection: sa.Connection) -> None:
    """Put the new ids of ``rekeyed`` in the place of the old ones, everywhere; where from is no longer said."""
    for table in CONTRACT.values():
        for field, of in {table.key: table.name, **dict(table.references())}.items():
            connection.exec_driver_sql(
                f"UPDATE {table.name} t SET {field} = r.new, import_id = NULL, import_row = NULL"
                f" FROM rekeyed r WHERE r.of = '{of}' AND r.old = t.{field}"
            )


def _choose(of: str, ids: str) -> str:
    return (
        f"INSERT INTO rekeyed (of, old, new) SELECT '{of}', id, '{PREFIX}' || gen_random_uuid()"
        f" FROM ({ids}) s(id) WHERE id IS NOT NULL GROUP BY id ON CONFLICT DO NOTHING"
    )


def _is_shared(table: Table) -> bool:
    """Whether a key is that of another table, whose row has been given a new one already."""
    return table[table.key].of is not None or not _select_owners(table)


def _select_owners(table: Table) -> list[str]:
    return [
        f"SELECT t.{table.key} FROM {table.name} t JOIN rekeyed r ON r.of = '{of}' AND r.old = t.{field}"
        for field, of in table.references()
        if of not in ("clients", "campaigns", "companies", "agents", "lists", *BOOKKEEPING)
    ]


def _select_belonging(table: Table) -> str:
    return " UNION ".join(_select_owners(table))


def _select_composed(table: Table) -> str:
    """SQL: ids that a mapping has composed from the lead's, or from the same source row, so that they tell it."""
    if "lead_id" not in table.names:
        return "SELECT NULL"
    return f"""
        SELECT t.{table.key} FROM {table.name} t JOIN rekeyed r ON r.of = 'leads' AND r.old = t.lead_id
        WHERE {_tells(f"t.{table.key}", "r.old")}"""


def _tells(composed: str, old: str) -> str:
    """SQL: an id is the old one, with or without something before it, or was made from the same source row."""
    before = f"substr({composed}, greatest(length({composed}) - length({old}), 1), 1)"
    same_row = f"right({composed}, {IDENTITY_LENGTH}) = right({old}, {IDENTITY_LENGTH})"
    return (
        f"({composed} = {old} OR right({composed}, length({old})) = {old} AND {before} !~ '[[:alnum:]]'"
        f" OR {old} ~ '-[0-9a-f]{{16}}$' AND {same_row})"
    )


_COMPOSED_COMPANIES = f"""
    INSERT INTO rekeyed (of, old, new, known_again)
    SELECT DISTINCT ON (l.company_id) 'companies', l.company_id, '{PREFIX}' || gen_random_uuid(), FALSE
    FROM leads l JOIN rekeyed r ON r.of = 'leads' AND r.old = l.lead_id OR r.of = 'contacts' AND r.old = l.contact_id
    WHERE {_tells("l.company_id", "r.old")}
      AND NOT EXISTS (SELECT FROM leads o WHERE o.company_id = l.company_id
                      AND o.lead_id NOT IN (SELECT old FROM rekeyed WHERE of = 'leads'))
      AND NOT EXISTS (SELECT FROM contacts o WHERE o.company_id = l.company_id
                      AND o.contact_id NOT IN (SELECT old FROM rekeyed WHERE of = 'contacts'))
    ON CONFLICT DO NOTHING"""

_NAMED_COMPANIES = """
    UPDATE rekeyed SET known_again = FALSE
    WHERE of = 'companies' AND old IN (SELECT company_id FROM erased_companies WHERE NOT sole)"""
