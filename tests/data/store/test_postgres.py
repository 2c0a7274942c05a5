"""The database: one by address is as good as the embedded one, and is refused where it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import StoreUnavailable
from data.settings import Settings
from data.store import open_store
from data.store.postgres import connect_store

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("mysql://u:secret@127.0.0.1/d", "names mysql, and callworth needs PostgreSQL"),
        ("secret", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:port/d", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:1/d?nonsense=1", "does not answer"),
    ],
)
def test_an_unreachable_database_is_told_without_its_password(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        connect_store(Settings(tmp_path, url))
    assert says in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.exit_status == 3


def test_a_database_by_url_is_the_same_as_the_embedded_one(store: Store, tmp_path: Path) -> None:
    mine = open_store(Settings(tmp_path, store.url))
    assert mine.url == store.url
    mine.close()


def test_text_is_utf8_and_sorts_by_code_point(store: Store) -> None:
    with store.transaction() as connection:
        words = connection.exec_driver_sql("SELECT w FROM unnest(ARRAY['æ','b','B','å','a']) w ORDER BY w").scalars()
        assert words.all() == ["B", "a", "b", "å", "æ"]
        assert connection.exec_driver_sql("SELECT lower('ÆØÅ')").scalar_one() == "æøå"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
