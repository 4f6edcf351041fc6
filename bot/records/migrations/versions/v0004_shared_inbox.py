"""Several replicas: who works on an update, who brings updates, how much somebody asks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns and tables; a program of the version before goes on without them."""
    op.add_column("inbox", sa.Column("line", sa.String(64)))
    op.add_column("inbox", sa.Column("taken_by", sa.String(32), nullable=False, server_default=""))
    op.add_column(
        "inbox", sa.Column("taken_until", sa.Float(53), nullable=False, server_default="0")
    )
    op.create_index("ix_inbox_line", "inbox", ["line", "update_id"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("until", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "turns",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("until", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_turns"),
    )
    op.create_index("ix_turns_until", "turns", ["until"])
