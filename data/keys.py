"""Access keys of the service: shown once when made, kept as their hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from data.errors import BadInput
from data.store.schema import ACCESS_KEYS

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "cw_"
KEY_BYTES = 32


@dataclass(frozen=True)
class AccessKey:
    """Who holds a key, and for which client.

    Attributes:
        name: what the key is called.
        client_id: the only client whose leads it shows, or None for all.
        created_at: when it was made.
    """

    name: str
    client_id: str | None
    created_at: datetime


def new_key(connection: sa.Connection, name: str, client_id: str | None = None, *, at: datetime) -> str:
    """Make an access key and return it; it cannot be shown again.

    Args:
        connection: in a transaction.
        name: what to call it; names are never used twice, so that logs stay clear.
        client_id: the only client whose leads it shows; None for all clients.
        at: now.

    Raises:
        BadInput: the name is taken or empty, or the client is not known.
    """
    if not name.strip():
        raise BadInput("a key without a name cannot be revoked; give it a name.")
    if client_id is not None and not _has_client(connection, client_id):
        raise BadInput(f"client '{client_id}' is not known; import it first or correct the id.")
    key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    values = {"key_hash": hash_key(key), "name": name, "client_id": client_id, "created_at": at}
    statement = insert(ACCESS_KEYS).values(values).on_conflict_do_nothing().returning(ACCESS_KEYS.c.name)
    if connection.execute(statement).one_or_none() is None:
        raise BadInput(f"a key named '{name}' exists already, perhaps revoked; choose another name.")
    return key


def revoke_key(connection: sa.Connection, name: str, *, at: datetime) -> None:
    """Make a key worthless from now on; revoking it again changes nothing.

    Raises:
        BadInput: there is no key of that name.
    """
    revoked = sa.func.coalesce(ACCESS_KEYS.c.revoked_at, at)
    statement = sa.update(ACCESS_KEYS).where(ACCESS_KEYS.c.name == name).values(revoked_at=revoked)
    if connection.execute(statement).rowcount == 0:
        names = connection.execute(sa.select(ACCESS_KEYS.c.name).order_by(ACCESS_KEYS.c.name)).scalars().all()
        known = f"there are {', '.join(names)}" if names else "there are none yet"
        raise BadInput(f"there is no key named '{name}'; {known}.")


def find_key(connection: sa.Connection, key: str) -> AccessKey | None:
    """Whose key this is; None where it was never made or is revoked."""
    columns = ACCESS_KEYS.c
    wanted = sa.select(columns.name, columns.client_id, columns.created_at).where(
        columns.key_hash == hash_key(key), columns.revoked_at.is_(None)
    )
    row = connection.execute(wanted).one_or_none()
    return AccessKey(*row) if row else None


def hash_key(key: str) -> str:
    """SHA-256 of a key, as the store keeps it; a key of 256 random bits needs no salt and no slow hash."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _has_client(connection: sa.Connection, client_id: str) -> bool:
    statement = sa.text("SELECT EXISTS (SELECT FROM clients WHERE client_id = :id)")
    return bool(connection.execute(statement, {"id": client_id}).scalar_one())
