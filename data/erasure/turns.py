"""Who goes first: the service, which writes about one lead, and an erasure, which gives leads other ids."""

from __future__ import annotations

import sqlalchemy as sa

LOCK = 0x65726173  # the letters "eras"


def hold_erasures(connection: sa.Connection) -> None:
    """Keep ids as they are until the transaction ends; waits for an erasure under way, not for other writers."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": LOCK})


def begin_erasure(connection: sa.Connection) -> None:
    """Wait until nobody writes about a lead, and let nobody until the transaction ends."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
