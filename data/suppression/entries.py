"""The entries of the lists in the store."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.errors import EnvironmentFault
from data.suppression.digests import SECRET, read_secret
from data.suppression.national_lists import NATIONAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

LISTS = {
    "robinson": "persons who want no advertising; it stops calls to sole proprietors",
    "protected": "companies protected from advertising in the company register",
    "internal": "those who asked not to be called",
    **{each.name: each.says for each in NATIONAL},
}

FORGOTTEN = "forgotten"
"""The list of those who were erased. It is no list to choose from: :mod:`data.erasure` keeps it."""

EVERYBODY = ""
"""The client of a list that holds for all clients."""


def add_entries(
    connection: sa.Connection, name: str, digests: Sequence[str], *, client_id: str | None, secret: bytes, at: datetime
) -> int:
    """Keep the entries of a list; returns how many were new."""
    own = {"list": SECRET, "digests": [_sign(secret)], "client": EVERYBODY, "at": at}
    connection.execute(_ADD, own)
    values = {"list": name, "digests": list(digests), "client": client_id or EVERYBODY, "at": at}
    return connection.execute(_ADD, values).rowcount


def find_secret(connection: sa.Connection, home: Path) -> bytes | None:
    """The secret that the lists in the store were kept with; None where there is no list yet.

    Raises:
        EnvironmentFault: the home folder has another one, so that nobody would be found.
    """
    signed = connection.execute(_SIGNED, {"list": SECRET}).scalar()
    if signed is None:
        return None
    secret = read_secret(home)
    if not hmac.compare_digest(signed, _sign(secret)):
        raise EnvironmentFault(
            f"the suppression lists in the database were kept with another secret than {home / SECRET}; copy that file "
            "from the home folder where they were taken in."
        )
    return secret


def _sign(secret: bytes) -> str:
    return hmac.digest(secret, b"secret:", "sha256").hex()


_SIGNED = sa.text("SELECT digest FROM suppressions WHERE list = :list")

_ADD = sa.text("""
    INSERT INTO suppressions (list, digest, client_id, added_at)
    SELECT :list, digest, :client, :at FROM unnest(CAST(:digests AS text[])) AS d(digest)
    ON CONFLICT DO NOTHING""")
