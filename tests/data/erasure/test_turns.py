"""The service and an erasure take turns; the service's own writers do not wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from data.erasure.turns import begin_erasure, hold_erasures

if TYPE_CHECKING:
    from data.store import Store


def test_an_erasure_waits_for_whoever_writes_about_a_lead_and_they_for_it(store: Store) -> None:
    for first, second in ((hold_erasures, begin_erasure), (begin_erasure, hold_erasures)):
        with store.transaction() as one, store.transaction() as other:
            first(one)
            other.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
            with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                second(other)


def test_writers_do_not_wait_for_each_other(store: Store) -> None:
    with store.transaction() as one, store.transaction() as other:
        hold_erasures(one)
        other.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
        hold_erasures(other)
        assert other.exec_driver_sql("SELECT 1").scalar_one() == 1
