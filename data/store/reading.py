"""Reading contract tables as Arrow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa

from data.contract import CONTRACT
from data.frames import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.frames import Tables
    from data.store.postgres import Store

Answer = TypeVar("Answer")


def read_tables(store: Store, names: Iterable[str] = tuple(CONTRACT), *, leads: Sequence[str] | None = None) -> Tables:
    """Read contract tables, all versions of their rows, in one snapshot.

    Args:
        store: an open store.
        names: which tables; all by default.
        leads: only what belongs to these leads: their own rows, and the companies, contacts, campaigns (with
            their agents' hours) and lists that they refer to, and all clients and agents. None reads everything.

    Returns:
        Table name to ``pyarrow.Table`` with the contract's columns and ``superseded_at``.
    """
    if leads is not None:
        return _read_some(store, names, list(leads))
    return _read_aside(lambda: _read_whole(store, names))


def read_query(store: Store, query: str, parameters: Sequence[object] = ()) -> pa.Table:
    """Run a query and read what it gives as Arrow.

    Args:
        store: an open store.
        query: SQL with ``$1``, ``$2`` … for the parameters.
        parameters: their values; a missing one is typed by a cast in the query.
    """
    return _read_aside(lambda: _run_query(store, query, parameters))


def _read_aside(read: Callable[[], Answer]) -> Answer:
    """Read in a thread of its own: in the main one ADBC takes Ctrl-C for itself, and loses it between two queries."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(read).result()


def _run_query(store: Store, query: str, parameters: Sequence[object]) -> pa.Table:
    with adbc.connect(store.url) as connection, connection.cursor() as cursor:
        cursor.execute(query, list(parameters) or None)
        return cursor.fetch_arrow_table()


def _read_whole(store: Store, names: Iterable[str]) -> Tables:
    with adbc.connect(store.url) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return {name: _read_all(cursor, name) for name in names}


def _read_all(cursor: adbc.Cursor, name: str) -> pa.Table:
    cursor.execute(_select(name))
    return cursor.fetch_arrow_table().cast(arrow_schema(CONTRACT[name]))


def _read_some(store: Store, names: Iterable[str], leads: list[str]) -> Tables:
    """Few rows come faster through the connections that are open already than through Arrow's own."""
    with store.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        driver: Any = connection.connection.driver_connection
        return {name: _read_rows(driver, name, leads) for name in names}


def _read_rows(driver: Any, name: str, leads: list[str]) -> pa.Table:
    schema, belongs = arrow_schema(CONTRACT[name]), belonging(name)
    rows = driver.execute(CHOSEN + _select(name) + belongs, (leads,)).fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _select(name: str) -> str:
    columns = arrow_schema(CONTRACT[name]).names
    return f"SELECT {', '.join(f'{c}::text' if c == 'attributes' else c for c in columns)} FROM {name} t"


def belonging(name: str) -> str:
    """SQL: the condition that a row ``t`` of a table belongs to the leads in ``chosen``; empty where all do."""
    own = {
        "companies": "company_id",
        "contacts": "contact_id",
        "campaigns": "campaign_id",
        "lists": "list_id",
    }
    if name in own:
        return f" WHERE t.{own[name]} IN (SELECT {own[name]} FROM chosen)"
    fields = {field.name for field in CONTRACT[name].fields}
    for field, parent in (
        ("lead_id", "chosen"),
        ("contact_id", "chosen"),
        ("meeting_id", "meetings WHERE lead_id IN (SELECT lead_id FROM chosen)"),
        ("opportunity_id", "opportunities WHERE lead_id IN (SELECT lead_id FROM chosen)"),
        ("deal_id", "deals WHERE lead_id IN (SELECT lead_id FROM chosen)"),
    ):
        if field in fields:
            return f" WHERE t.{field} IN (SELECT {field} FROM {parent})"
    if "campaign_id" in fields:
        return " WHERE t.campaign_id IN (SELECT campaign_id FROM chosen)"
    return ""


CHOSEN = """
    WITH chosen AS (SELECT lead_id, company_id, contact_id, campaign_id, list_id FROM leads WHERE lead_id = ANY(%s)) """
