"""The nightly round, safe to run at any time and as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.maintenance.disk import clear_disk
from data.maintenance.retention import apply_retention

if TYPE_CHECKING:
    from datetime import datetime

    from data.settings import Retention
    from data.store.postgres import Store


@dataclass(frozen=True)
class Maintenance:
    """What the round did.

    Attributes:
        deleted: rows that are kept no longer, by table; of contacts, persons that were erased.
        cleared: whether something had been erased since the last round, and was cleared off the disk.
        left: what the rights of the database's user did not allow, as sentences.
    """

    deleted: dict[str, int]
    cleared: bool
    left: tuple[str, ...]


def maintain_store(store: Store, retention: Retention, *, at: datetime) -> Maintenance:
    """Delete what is kept no longer, and clear off the disk what was erased.

    Args:
        store: an open store.
        retention: how long what is kept.
        at: now.
    """
    with store.transaction() as connection:
        deleted = apply_retention(connection, store.home, retention, at=at)
    with store.transaction() as connection:
        waiting = list(connection.execute(_WAITING).scalars())
    left = clear_disk(store, whole=bool(waiting))
    with store.transaction() as connection:
        connection.execute(_CLEARED, {"erasures": waiting, "at": at})
    return Maintenance(deleted, bool(waiting), tuple(left))


_WAITING = sa.text("SELECT erasure_id FROM erasures WHERE cleared_at IS NULL ORDER BY erasure_id")

_CLEARED = sa.text("UPDATE erasures SET cleared_at = :at WHERE erasure_id = ANY(CAST(:erasures AS bigint[]))")
