"""Access keys: shown once, kept as a hash, revoked for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from data.errors import BadInput
from data.keys import AccessKey, find_key, new_key, revoke_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


def test_a_key_is_found_by_itself_alone(store: Store, world: Callable[..., Merge]) -> None:
    world()
    with store.transaction() as connection:
        key, other = new_key(connection, "dialer", "n", at=NOW), new_key(connection, "crm", at=NOW)
        assert find_key(connection, key) == AccessKey("dialer", "n", NOW)
        assert find_key(connection, other) == AccessKey("crm", None, NOW)
        for wrong in ("", key[:-1], key.upper(), "cw_", "\ud800"):
            assert find_key(connection, wrong) is None


def test_keys_are_long_different_and_not_kept(store: Store) -> None:
    with store.transaction() as connection:
        keys = [new_key(connection, f"k{i}", at=NOW) for i in range(20)]
        kept = str(connection.exec_driver_sql("SELECT * FROM access_keys").all())
    assert len(set(keys)) == 20
    assert all(key.startswith("cw_") and len(key) == 46 and key not in kept for key in keys)


def test_a_revoked_key_is_worthless_and_its_name_stays_taken(store: Store) -> None:
    with store.transaction() as connection:
        key = new_key(connection, "dialer", at=NOW)
        revoke_key(connection, "dialer", at=NOW)
        revoke_key(connection, "dialer", at=NOW + timedelta(days=1))
        assert find_key(connection, key) is None
        assert connection.exec_driver_sql("SELECT revoked_at FROM access_keys").scalar_one() == NOW
        with pytest.raises(BadInput, match=r"^a key named 'dialer' exists already, perhaps revoked; choose another"):
            new_key(connection, "dialer", at=NOW)


def test_slips_are_told(store: Store) -> None:
    with store.transaction() as connection:
        with pytest.raises(BadInput, match="there is no key named 'x'; there are none yet"):
            revoke_key(connection, "x", at=NOW)
        new_key(connection, "dialer", at=NOW)
        with pytest.raises(BadInput, match="there is no key named 'x'; there are dialer"):
            revoke_key(connection, "x", at=NOW)
        with pytest.raises(BadInput, match="client 'nobody' is not known"):
            new_key(connection, "y", "nobody", at=NOW)
        with pytest.raises(BadInput, match="give it a name"):
            new_key(connection, " ", at=NOW)
