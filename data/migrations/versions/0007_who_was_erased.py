"""Who was erased: which leads can no longer be scored as before, and what is still to be cleared off the disk."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "suppressions_forgotten", "suppressions", ["digest"], postgresql_where=sa.text("list = 'forgotten'")
    )
    op.create_table(
        "erased_leads",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lead_id"),
        comment="one row per lead of which something was erased: its past scores cannot be rebuilt",
    )
    op.create_table(
        "erasures",
        sa.Column("erasure_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("erasure_id"),
        comment="one row per time that rows were erased, and when they were cleared off the disk",
    )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("erased_leads")
    op.drop_index("suppressions_forgotten", table_name="suppressions")
