"""Refused rows that came in later: the records that each would have been, and the import that brought them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("keys", postgresql.JSONB(none_as_null=True), nullable=True))
    op.add_column("quarantine", sa.Column("resolved_by", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("quarantine", "resolved_by")
    op.drop_column("quarantine", "keys")
