"""Imports that meet the service: it reports calls while an import is under way, and one may bring the same call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import psycopg
import sqlalchemy as sa

from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Callable

Merged = TypeVar("Merged")

ATTEMPTS = 3


def merge_again(merge: Callable[[], Merged]) -> Merged:
    """Run a transaction that merges rows, and run it again where someone else wrote a row with the same key meanwhile.

    The service does not wait for imports, since a dialer would wait with it; at the next attempt its row is there,
    and is merged as any other.

    Raises:
        EnvironmentFault: it happens every time.
    """
    for _ in range(ATTEMPTS):
        try:
            return merge()
        except sa.exc.IntegrityError as error:
            if not isinstance(error.orig, psycopg.errors.UniqueViolation):
                raise
            collision = error
    raise EnvironmentFault(
        "the service writes the same rows as the import, again and again; import again when fewer calls are reported."
    ) from collision
