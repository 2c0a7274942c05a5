"""Scores given while rows are being merged, until that merge ends."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scored_meanwhile",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        comment="one row per score given while rows are being merged, until that merge ends",
    )


def downgrade() -> None:
    op.drop_table("scored_meanwhile")
