"""Runs the migrations in the connection that :mod:`data.store.migrating` hands over."""

from alembic import context

from data.store.schema import METADATA


def run_migrations() -> None:
    """Run them, as Alembic asks for it."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # it is there only while Alembic loads this file
    run_migrations()
