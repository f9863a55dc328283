"""Decks, their events, results and revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first schema."""
    op.create_table(
        "deck",
        sa.Column("deck_id", sa.String(32), primary_key=True),
        sa.Column("state", sa.Integer, nullable=False, index=True),
        sa.Column("space_id", sa.String(128), nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("next_sequence", sa.BigInteger, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("request", sa.LargeBinary, nullable=False),
        sa.Column("info", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "request_key",
        sa.Column("request_id", sa.String(128), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("deck_id", sa.String(32), nullable=False, index=True),
    )
    op.create_table(
        "deck_event",
        sa.Column("deck_id", sa.String(32), primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("once", sa.String(64)),
        sa.UniqueConstraint("deck_id", "once", name="deck_event_once"),
    )
    op.create_table(
        "deck_result",
        sa.Column("deck_id", sa.String(32), primary_key=True),
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("result_id", sa.String(16), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "deck_revision",
        sa.Column("deck_id", sa.String(32), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("info", sa.LargeBinary, nullable=False),
        sa.Column("bundle", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drops everything: there is nothing before the first schema."""
    for name in ("deck_revision", "deck_result", "deck_event", "request_key", "deck"):
        op.drop_table(name)
