"""Outcomes by request id, and entries of what each call cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first schema; databases made before migrations already have it."""
    op.create_table(
        "llm_outcomes",
        sa.Column("tenant", sa.String(128), primary_key=True),
        sa.Column("request_id", sa.String(128), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("completion", sa.Text),
        sa.Column("failure", sa.Text),
        sa.Column("recorded_at", sa.Float, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "llm_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("recorded_at", sa.Float, nullable=False),
        sa.Column("request_id", sa.String(128), nullable=False),
        sa.Column("tenant", sa.String(128), nullable=False),
        sa.Column("deck", sa.String(128), nullable=False),
        sa.Column("purpose", sa.String(64), nullable=False),
        sa.Column("prompt_name", sa.String(64), nullable=False),
        sa.Column("prompt_version", sa.String(12), nullable=False),
        sa.Column("provider", sa.String(64), nullable=False),
        sa.Column("model", sa.String(256), nullable=False),
        sa.Column("input_tokens", sa.BigInteger, nullable=False),
        sa.Column("output_tokens", sa.BigInteger, nullable=False),
        sa.Column("cached_input_tokens", sa.BigInteger, nullable=False),
        sa.Column("cost_micro_usd", sa.BigInteger, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("estimated", sa.Boolean, nullable=False),
        sa.Column("latency_ms", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("saved_micro_usd", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    for table, columns in (
        ("llm_outcomes", ["recorded_at"]),
        ("llm_entries", ["recorded_at"]),
        ("llm_entries", ["tenant", "deck"]),
    ):
        name = f"ix_{table}_{columns[-1]}"
        op.create_index(name, table, columns, if_not_exists=True)
