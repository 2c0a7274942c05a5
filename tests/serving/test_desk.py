from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.errors import StoreUnavailable
from data.store import Store
from serving.desk import THREADS, Desk

if TYPE_CHECKING:
    from serving.desk import Desk as Opened


def test_work_that_blocks_leaves_the_loop(desk: Opened) -> None:
    assert asyncio.run(desk.run(threading.current_thread)) is not threading.main_thread()


def test_no_thread_waits_for_a_connection(desk: Opened) -> None:
    def hold_two() -> None:
        with desk.store.transaction(), desk.store.transaction():
            all_hold.wait(timeout=5)

    async def crowd() -> None:
        await asyncio.gather(*(desk.run(hold_two) for _ in range(THREADS)))

    all_hold = threading.Barrier(THREADS)
    asyncio.run(crowd())


def test_ready_once_a_model_is_loaded(world: Any, desk: Opened) -> None:
    assert asyncio.run(desk.is_ready())
    fresh = Desk(world.settings, world.store)
    assert not asyncio.run(fresh.is_ready())
    fresh.close()


def test_a_store_that_does_not_answer(world: Any) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    desk = Desk(
        world.settings,
        Store(url, sa.create_engine(url.replace("postgresql", "postgresql+psycopg")), world.settings.home),
    )
    desk.champion.refresh()
    assert desk.champion.loaded
    assert not asyncio.run(desk.is_ready())
    with pytest.raises(StoreUnavailable, match="the database does not answer"):
        asyncio.run(desk.run(desk._ask_store))
    desk.close()
