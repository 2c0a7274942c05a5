"""Records of one company or person become one, and how each merge can be taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CURRENT = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    for table in ("companies", "contacts"):
        op.add_column(table, sa.Column("merged_into", sa.Text()))
        op.create_index(f"{table}_by_merged_into", table, ["merged_into"])
    op.create_index("companies_by_number", "companies", ["client_id", "registration_id"], postgresql_where=CURRENT)
    op.create_index("companies_by_domain", "companies", ["client_id", "domain"], postgresql_where=CURRENT)
    op.create_index("contacts_by_email", "contacts", [sa.text("lower(email)")], postgresql_where=CURRENT)
    op.create_table(
        "merges",
        sa.Column("merge_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("merged", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("merge_id"),
        comment="one row per record that became part of another of the same company or person",
    )
    undone = sa.text("undone_at IS NULL")
    op.create_index("merges_of", "merges", ["table_name", "merged"], unique=True, postgresql_where=undone)
    op.create_index("merges_into", "merges", ["table_name", "kept"])
    op.create_table(
        "merge_changes",
        sa.Column("merge_id", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("was", JSONB()),
        sa.Column("became", JSONB()),
        sa.PrimaryKeyConstraint("merge_id", "table_name", "record_id", "field"),
        comment="one row per field that a merge changed, so that it can be taken back",
    )
    op.create_index("merge_changes_of", "merge_changes", ["table_name", "record_id"])


def downgrade() -> None:
    op.drop_table("merge_changes")
    op.drop_table("merges")
    op.drop_index("contacts_by_email", "contacts")
    op.drop_index("companies_by_domain", "companies")
    op.drop_index("companies_by_number", "companies")
    for table in ("companies", "contacts"):
        op.drop_column(table, "merged_into")
