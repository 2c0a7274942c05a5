"""What sales answers to a handover, and what was read of a contact."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

READ = {"decision_level_read": sa.Boolean(), "email_valid": sa.Boolean(), "national_list": sa.Text()}


def upgrade() -> None:
    op.create_table(
        "handover_answers",
        sa.Column("handover_answer_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per answer of sales to a lead that it was handed",
    )
    for column in ("handover_answer_id", "lead_id"):
        op.create_index(f"handover_answers_by_{column}", "handover_answers", [column], unique=False)
    op.create_index(
        "handover_answers_current",
        "handover_answers",
        ["handover_answer_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    for name, kind in READ.items():
        op.add_column("contacts", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in READ:
        op.drop_column("contacts", name)
    op.drop_table("handover_answers")
