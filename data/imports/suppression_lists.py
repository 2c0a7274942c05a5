"""Taking a list in: its entries are kept as keyed hashes, and who is in the store is marked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.filling import fill_again
from data.errors import BadInput, SourceError
from data.frames import DTYPES
from data.imports.formats import HEADER_ROW, open_source, read_chunks
from data.imports.names import NAMES, find_columns
from data.imports.values import validate_emails, validate_phones
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges, merge_rows
from data.suppression import (
    LISTS,
    NATIONAL,
    add_entries,
    find_secret,
    hash_emails,
    hash_phones,
    hash_registrations,
    mark_suppressed,
    read_secret,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.store.postgres import Store

KEYS = ("phone", "email", "registration_id")


@dataclass(frozen=True)
class Suppressed:
    """What became of a list.

    Attributes:
        read: rows of the file.
        added: entries that were not known before.
        unreadable: rows without a number, address or company that can exist.
        contacts: contacts in the store that are marked by it from now on.
        companies: companies, the same.
    """

    read: int
    added: int
    unreadable: int
    contacts: int
    companies: int


def suppress_file(
    store: Store, path: Path, name: str, *, client_id: str | None, at: datetime, country: str | None = None
) -> Suppressed:
    """Take a list in.

    Args:
        store: an open store.
        path: CSV with a column of telephone numbers, e-mail addresses or numbers of the company register.
        name: one of :data:`data.suppression.LISTS`.
        client_id: whose list it is; None for all clients.
        at: now.
        country: of numbers without a country, ISO 3166; that of the list where not given.

    Raises:
        BadInput: there is no such list or client.
        SourceError: the file cannot be read, or has none of the columns.
        EnvironmentFault: the lists in the store were kept with another secret.
    """
    if name not in LISTS:
        raise BadInput(f"list '{name}' is not known; use one of {', '.join(LISTS)}.")
    rows = _read(path)
    with store.transaction() as connection:
        lock_merges(connection)
        _require_client(connection, client_id)
        secret = find_secret(connection, store.home) or read_secret(store.home)
        digests = _hash_rows(rows, country or _COUNTRIES.get(name, "DK"), secret)
        entries = sorted({digest for column in digests for digest in digests[column].dropna()})
        added = add_entries(connection, name, entries, client_id=client_id, secret=secret, at=at)
        marked = _mark_store(connection, store.home, at) if added else {}
        end_merges(connection, at)
    unreadable = int(digests.isna().all(axis=1).sum())
    return Suppressed(len(rows), added, unreadable, marked.get("contacts", 0), marked.get("companies", 0))


def _read(path: Path) -> pd.DataFrame:
    source = open_source(path)
    found = {role: find_columns(list(source.columns), NAMES[role]) for role in KEYS}
    columns = {role: names[0] for role, names in found.items() if names}
    if not columns:
        problem = "none of its columns is a telephone number, an e-mail address or a number of the company register"
        raise SourceError(problem, file=path, row=HEADER_ROW, remedy="name one of them phone, email or cvr")
    chunks = [chunk[list(columns.values())] for chunk in read_chunks(source)]
    rows = pd.concat(chunks) if chunks else pd.DataFrame(columns=list(columns.values()))
    return rows.set_axis(list(columns), axis=1).replace("", None)


def _hash_rows(rows: pd.DataFrame, country: str, secret: bytes) -> pd.DataFrame:
    missing = pd.Series(None, index=rows.index, dtype="str")
    phones, valid = validate_phones(rows.get("phone", missing), missing, country)
    countries = pd.Series(country, index=rows.index)
    emails, possible = validate_emails(rows.get("email", missing), missing)
    return pd.DataFrame(
        {
            "phone": hash_phones(phones.where(valid.fillna(False).astype(bool)), secret),
            "email": hash_emails(emails.where(possible.fillna(False).astype(bool)), secret),
            "registration": hash_registrations(rows.get("registration_id", missing), countries, secret),
        }
    )


def _require_client(connection: sa.Connection, client_id: str | None) -> None:
    known = connection.execute(_CLIENTS).scalars().all()
    if client_id is not None and client_id not in known:
        raise BadInput(f"client '{client_id}' is not known; known are {', '.join(known[:10]) or 'none yet'}.")


def _mark_store(connection: sa.Connection, home: Path, at: datetime) -> dict[str, int]:
    """A new version of each row in the store whose flags change."""
    tables = {name: _read_current(connection, name) for name in ("companies", "contacts")}
    marked = mark_suppressed(connection, tables, home)
    changed = {name: rows[_differ(rows, tables[name])] for name, rows in marked.items()}
    counts = merge_rows(connection, changed, import_id=None, arrived_at=at).changed
    for name, rows in changed.items():  # the record that stands for one that is marked is marked as well
        fill_again(connection, name, rows[CONTRACT[name].key].tolist(), at)
    return counts


def _differ(after: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    flags = [name for name in ("do_not_call", "robinson", "advertising_protected") if name in after]
    differ = (after[flags].fillna(False) != before[flags].fillna(False)).any(axis=1)
    if "national_list" in after:
        differ |= after["national_list"].fillna("") != before["national_list"].fillna("")
    return differ


def _read_current(connection: sa.Connection, name: str) -> pd.DataFrame:
    fields = CONTRACT[name].columns
    query = f"SELECT {', '.join(field.name for field in fields)} FROM {name} WHERE superseded_at IS NULL"
    rows = connection.exec_driver_sql(query).all()
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype="object")
    return frame.astype({field.name: DTYPES[field.kind] for field in fields}).assign(known_at_assumed=True)


_COUNTRIES = {each.name: each.country for each in NATIONAL}

_CLIENTS = sa.text("SELECT client_id FROM clients WHERE superseded_at IS NULL ORDER BY client_id")
