"""The database schema, read off the contract, and the tables that callworth needs for its own work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from data.contract import CONTRACT, Kind

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

    from data.contract import Table

METADATA = sa.MetaData()
MOMENT = sa.DateTime(timezone=True)
_CURRENT = sa.text("superseded_at IS NULL")

SQL_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.KEY: sa.Text(),
    Kind.TEXT: sa.Text(),
    Kind.CODE: sa.Text(),
    Kind.INTEGER: sa.BigInteger(),
    Kind.MONEY: sa.BigInteger(),
    Kind.NUMBER: sa.Double(),
    Kind.FLAG: sa.Boolean(),
    Kind.MOMENT: MOMENT,
    Kind.ATTRIBUTES: JSONB(),
}

ORIGIN = ("import_id", "import_row")
"""Columns that say which import, and which row of its file, a contract row came from."""


def define_table(table: Table) -> sa.Table:
    """The SQL table of a contract table: its columns, its origin and the end of each version.

    References are checked by the import, in one join for all rows, and not by the database: a version is
    not unique by its key alone, and a check per row would double the time of a load.
    """
    columns = [sa.Column(field.name, SQL_TYPES[field.kind], nullable=not field.required) for field in table.columns]
    lookups = dict.fromkeys((table.key, *(name for name, _ in table.references())))
    return sa.Table(
        table.name,
        METADATA,
        *columns,
        sa.Column("superseded_at", MOMENT),
        sa.Column("import_id", sa.BigInteger),
        sa.Column("import_row", sa.BigInteger),
        sa.Index(f"{table.name}_current", table.key, unique=True, postgresql_where=_CURRENT),
        *(sa.Index(f"{table.name}_by_{name}", name) for name in lookups),
        comment=table.grain,
    )


CONTRACT_TABLES = {name: define_table(table) for name, table in CONTRACT.items()}
sa.Index("scores_by_occurred_at", CONTRACT_TABLES["scores"].c.occurred_at)
_COMPANY = CONTRACT_TABLES["companies"].c
sa.Index("companies_by_number", _COMPANY.client_id, _COMPANY.registration_id, postgresql_where=_CURRENT)
sa.Index("companies_by_domain", _COMPANY.client_id, _COMPANY.domain, postgresql_where=_CURRENT)
sa.Index("contacts_by_email", sa.func.lower(CONTRACT_TABLES["contacts"].c.email), postgresql_where=_CURRENT)

IMPORTS = sa.Table(
    "imports",
    METADATA,
    sa.Column("import_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("file_hash", sa.Text, nullable=False),
    sa.Column("mapping", sa.Text, nullable=False),
    sa.Column("arrived_at", MOMENT, nullable=False),
    sa.Column("read", sa.BigInteger, nullable=False),
    sa.Column("accepted", sa.BigInteger, nullable=False),
    sa.Column("unchanged", sa.BigInteger, nullable=False),
    sa.Column("quarantined", sa.BigInteger, nullable=False),
    sa.Index("imports_by_file_hash", "file_hash"),
    comment="one row per file that was imported",
)

QUARANTINE = sa.Table(
    "quarantine",
    METADATA,
    sa.Column("quarantine_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("mapping", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("row", sa.BigInteger, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),  # keeps the order of the columns
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("arrived_at", MOMENT, nullable=False),
    sa.Column("released_at", MOMENT),
    sa.Column("keys", JSONB(none_as_null=True)),  # of the records that it would have been, by table
    sa.Column("resolved_by", sa.BigInteger),  # the import that brought it again; of one released by hand none
    sa.Index("quarantine_content", "mapping", "content_hash", unique=True),
    comment="one row per source row that broke the contract, with its reason",
)

MERGES = sa.Table(
    "merges",
    METADATA,
    sa.Column("merge_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("kept", sa.Text, nullable=False),
    sa.Column("merged", sa.Text, nullable=False),
    sa.Column("named", sa.Text, nullable=False),
    sa.Column("merged_at", MOMENT, nullable=False),
    sa.Column("undone_at", MOMENT),
    sa.Index("merges_of", "table_name", "merged", unique=True, postgresql_where=sa.text("undone_at IS NULL")),
    sa.Index("merges_into", "table_name", "kept"),
    comment="one row per record that became part of another of the same company or person",
)

MERGE_CHANGES = sa.Table(
    "merge_changes",
    METADATA,
    sa.Column("merge_id", sa.BigInteger, nullable=False),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("was", JSONB(none_as_null=True)),
    sa.Column("became", JSONB(none_as_null=True)),
    sa.PrimaryKeyConstraint("merge_id", "table_name", "record_id", "field"),
    sa.Index("merge_changes_of", "table_name", "record_id"),
    comment="one row per field that a merge changed, so that it can be taken back",
)

LEAD_FEATURES = sa.Table(
    "lead_features",
    METADATA,
    sa.Column("lead_id", sa.Text, primary_key=True),
    sa.Column("as_of", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("model_version", sa.Text, nullable=False),
    sa.Column("row", sa.ARRAY(sa.Double), nullable=False),
    comment="one row per open lead: its encoded features as last computed, until they age",
)

CALL_QUEUE = sa.Table(
    "call_queue",
    METADATA,
    sa.Column("lead_id", sa.Text(collation="C"), primary_key=True),
    sa.Column("campaign_id", sa.Text, nullable=False),
    sa.Column("as_of", MOMENT, nullable=False),
    sa.Column("model_version", sa.Text, nullable=False),
    sa.Column("probability", sa.Double, nullable=False),
    sa.Column("expected_value_minor", sa.BigInteger, nullable=False),
    sa.Column("leased_by", sa.Text),
    sa.Column("leased_until", MOMENT),
    sa.Column("snoozed_until", MOMENT),
    sa.Index("call_queue_order", "campaign_id", sa.text("expected_value_minor DESC"), "lead_id"),
    comment="one row per open lead: its last score, and the agent who holds it",
)

SCORED_MEANWHILE = sa.Table(
    "scored_meanwhile",
    METADATA,
    sa.Column("lead_id", sa.Text, nullable=False),
    sa.Column("as_of", MOMENT, nullable=False),
    comment="one row per score given while rows are being merged, until that merge ends",
)

SUPPRESSIONS = sa.Table(
    "suppressions",
    METADATA,
    sa.Column("list", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("client_id", sa.Text, nullable=False),
    sa.Column("added_at", MOMENT, nullable=False),
    sa.PrimaryKeyConstraint("digest", "list", "client_id"),
    sa.Index("suppressions_forgotten", "digest", postgresql_where=sa.text("list = 'forgotten'")),
    comment="one row per list and number, address or company that may not be called, as a keyed hash",
)

ERASED_LEADS = sa.Table(
    "erased_leads",
    METADATA,
    sa.Column("lead_id", sa.Text, primary_key=True),
    sa.Column("erased_at", MOMENT, nullable=False),
    comment="one row per lead of which something was erased: its past scores cannot be rebuilt",
)

ERASURES = sa.Table(
    "erasures",
    METADATA,
    sa.Column("erasure_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("erased_at", MOMENT, nullable=False),
    sa.Column("cleared_at", MOMENT),
    comment="one row per time that rows were erased, and when they were cleared off the disk",
)

ACCESS_KEYS = sa.Table(
    "access_keys",
    METADATA,
    sa.Column("key_hash", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("client_id", sa.Text),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("revoked_at", MOMENT),
    comment="one row per access key; the key itself is not kept",
)
