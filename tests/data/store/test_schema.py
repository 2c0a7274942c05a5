"""The schema: what the migrations make is what the contract declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data.contract import CONTRACT
from data.store.schema import METADATA

if TYPE_CHECKING:
    from data.store import Store


def test_migrations_make_the_declared_schema(store: Store) -> None:
    with store.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_contract_table_is_there_with_its_grain(store: Store) -> None:
    with store.transaction() as connection:
        inspector = sa.inspect(connection)
        grains = {name: inspector.get_table_comment(name)["text"] for name in CONTRACT}
    assert grains == {name: table.grain for name, table in CONTRACT.items()}


def test_two_current_versions_of_a_key_are_impossible(store: Store) -> None:
    row = "('n', 'N', 'DKK', 'UTC', now(), now())"
    insert = "INSERT INTO clients (client_id, name, currency, time_zone, occurred_at, known_at) VALUES "
    with pytest.raises(sa.exc.IntegrityError, match="clients_current"), store.transaction() as connection:
        connection.exec_driver_sql(f"{insert}{row}, {row}")
