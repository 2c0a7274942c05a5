"""Keeping the erased out: source rows about them are refused, and nothing of what they say is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.contract import CONTRACT
from data.contract.problem import Problem
from data.erasure.forgotten import GUARDED
from data.suppression import find_owners, hash_emails, hash_endings, hash_ids, hash_phones, hash_registrations

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from data.erasure.forgotten import Forgotten

ERASED = "erased"
"""The rule of such rows in quarantine."""

REASON = "the person has been erased"
REMEDY = "leave the row out; if it is somebody else, give it ids and a number or address that the erased never had"
LEAST_DIGITS, MOST_DIGITS = 6, 15


@dataclass(frozen=True)
class ErasedRow(Problem):
    """A source row about an erased person; it names no value."""

    def sentence(self, file: object) -> str:
        """The one sentence that people read."""
        return f"{file}, row {self.row}: {self.reason}; {self.remedy}."


def refuse_forgotten(
    connection: sa.Connection,
    forgotten: Forgotten | None,
    chunk: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    problems: list[Problem],
) -> list[Problem]:
    """Find the source rows of a chunk that are about erased persons.

    Args:
        connection: to the store.
        forgotten: the list; None where nobody was erased.
        chunk: the source rows as text.
        tables: the typed contract rows that they became; the index is the source row.
        problems: of the source rows that break the contract; their cells are searched as text.

    Returns:
        The problems, with one for each of those rows in the place of its others.
    """
    if forgotten is None:
        return problems
    rows: set[int] = set()
    for name, frame in tables.items():
        rows.update(_find_ids(forgotten, name, frame))
    rows.update(_find_contacts(connection, forgotten, tables))
    broken = chunk.loc[sorted({problem.row for problem in problems} & set(chunk.index))]
    rows.update(find_cells(forgotten, broken))
    erased = [ErasedRow(row, "", "", "", ERASED, REASON, REMEDY) for row in sorted(rows)]
    return [*(problem for problem in problems if problem.row not in rows), *erased]


def _find_ids(forgotten: Forgotten, name: str, frame: pd.DataFrame) -> list[int]:
    """Rows that are, or refer to, something of an erased person."""
    fields = {field: of for field, of in CONTRACT[name].references() if of in GUARDED}
    fields |= {CONTRACT[name].key: name} if name in GUARDED else {}
    found = pd.Series(False, index=frame.index)
    for field, of in fields.items():
        ids = pd.Series(frame[field].dropna().unique(), dtype="str")
        erased = ids[hash_ids(of, ids, forgotten.secret).isin(forgotten.ids)]
        if len(erased):
            found |= frame[field].isin(erased)
    return frame.index[found].tolist()


def _find_contacts(connection: sa.Connection, forgotten: Forgotten, tables: Mapping[str, pd.DataFrame]) -> list[int]:
    """Contacts with a number or address, and companies with a registration, that one of the client's erased had."""
    found: list[int] = []
    if len(contacts := tables.get("contacts", pd.DataFrame())):
        owners = find_owners(connection, contacts, tables.get("companies"))["client_id"]
        for digests in (
            hash_phones(contacts["phone"], forgotten.secret),
            hash_emails(contacts["email"], forgotten.secret),
        ):
            found += _find_reached(forgotten, digests, owners)
    if len(companies := tables.get("companies", pd.DataFrame())):
        digests = hash_registrations(companies["registration_id"], companies["country"], forgotten.secret)
        found += _find_reached(forgotten, digests, companies["client_id"])
    return found


def _find_reached(forgotten: Forgotten, digests: pd.Series, clients: pd.Series) -> list[int]:
    pairs = zip(digests.index.tolist(), digests.tolist(), clients.tolist(), strict=True)
    return [row for row, digest, client in pairs if (digest, client) in forgotten.reached]


def find_cells(forgotten: Forgotten, rows: pd.DataFrame) -> list[int]:
    """Rows that could not be read, in which an id, address or number of an erased person stands as a cell."""
    addresses = frozenset(digest for digest, _ in forgotten.reached)
    found = pd.Series(False, index=rows.index)
    for column in rows.columns:
        cells = rows[column].str.strip().replace("", None)
        digits = cells.str.count(r"\d").between(LEAST_DIGITS, MOST_DIGITS)
        for table in GUARDED:
            found |= hash_ids(table, cells, forgotten.secret).isin(forgotten.ids)
        found |= hash_endings(cells.where(digits), forgotten.secret).isin(forgotten.ids)
        found |= hash_emails(cells.where(cells.str.contains("@", na=False)), forgotten.secret).isin(addresses)
    return rows.index[found].tolist()
