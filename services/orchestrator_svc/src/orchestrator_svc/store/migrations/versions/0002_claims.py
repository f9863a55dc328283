"""Who works on which deck, and what its finished steps returned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds claims, steps and executors."""
    op.add_column("deck", sa.Column("claimed_by", sa.String(64)))
    for name in ("claim", "attempts"):
        op.add_column("deck", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "deck_step",
        sa.Column("deck_id", sa.String(32), primary_key=True),
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "executor",
        sa.Column("executor_id", sa.String(64), primary_key=True),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Forgets them; unfinished decks begin anew."""
    op.drop_table("executor")
    op.drop_table("deck_step")
    for name in ("attempts", "claim", "claimed_by"):
        op.drop_column("deck", name)
