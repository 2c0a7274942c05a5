"""Scores are found by their moment."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("scores_by_occurred_at", "scores", ["occurred_at"], unique=False)


def downgrade() -> None:
    op.drop_index("scores_by_occurred_at", table_name="scores")
