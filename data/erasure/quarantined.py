"""Rows in quarantine that hold an erased person: they are deleted, for they could never be released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_ID = 4
"""Characters of an id that is looked for as a whole cell; a shorter one is as likely a number of something else."""

SHORTEST_ENDING = 6
"""Characters of an id without what a mapping set before it."""

ENDING_DIGITS = 8


def delete_quarantined(connection: sa.Connection) -> int:
    """Delete the rows in which an id, address, number or full name of ``erased_contacts`` stands; how many.

    What a row says that broke the contract is not known for certain, so its cells are searched as text. A row of
    somebody else that is caught with them comes back when its file is imported again.
    """
    if not connection.exec_driver_sql("SELECT EXISTS (SELECT FROM quarantine)").scalar_one():
        return 0
    ids = connection.exec_driver_sql("SELECT old FROM rekeyed").scalars().all()
    people = connection.exec_driver_sql(_PEOPLE).all()
    texts = {row.email for row in people} | {row.name for row in people if " " in (row.name or "")}
    wanted = {
        "ids": sorted(set(ids)),
        "keys": [table.key for table in CONTRACT.values()],
        "cells": sorted(set(_list_cells(ids))),
        "texts": sorted(text for text in texts if text),
        "numbers": sorted({digits[-ENDING_DIGITS:] for row in people if (digits := _keep_digits(row.phone))}),
    }
    return connection.execute(_DELETE, wanted).rowcount


def _list_cells(ids: Iterable[str]) -> Iterable[str]:
    for one in ids:
        if len(one) >= SHORTEST_ID:
            yield one.lower()
        if len(ending := one.rpartition("-")[2]) >= SHORTEST_ENDING:
            yield ending.lower()


def _keep_digits(phone: str | None) -> str:
    digits = "".join(filter(str.isdigit, phone or ""))
    return digits if len(digits) >= SHORTEST_ENDING else ""


_PEOPLE = """
    SELECT DISTINCT lower(trim(name)) AS name, lower(trim(email)) AS email, phone
    FROM contacts WHERE contact_id IN (SELECT contact_id FROM erased_contacts)"""

_DELETE = sa.text(r"""
    DELETE FROM quarantine q WHERE EXISTS (
        SELECT FROM json_each_text(q.content) c
        WHERE lower(trim(c.value)) = ANY(CAST(:cells AS text[]))
           OR c.key = ANY(CAST(:keys AS text[])) AND trim(c.value) = ANY(CAST(:ids AS text[]))
           OR EXISTS (SELECT FROM unnest(CAST(:texts AS text[])) t(text) WHERE position(t.text IN lower(c.value)) > 0)
           OR EXISTS (SELECT FROM unnest(CAST(:numbers AS text[])) n(digits)
                      WHERE position(n.digits IN regexp_replace(c.value, '\D', '', 'g')) > 0))""")
