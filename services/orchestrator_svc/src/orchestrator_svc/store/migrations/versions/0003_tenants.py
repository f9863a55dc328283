"""Whom a deck is for: turns, room in the queue and idempotency keys by tenant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EXISTING = "default"


def upgrade() -> None:
    """Adds tenants; what is there belongs to `default`."""
    op.add_column(
        "deck", sa.Column("tenant", sa.String(128), nullable=False, server_default=_EXISTING)
    )
    tenant = sa.Column("tenant", sa.String(128), primary_key=True, server_default=_EXISTING)
    _copy_keys(tenant)


def downgrade() -> None:
    """Forgets tenants; of a key that several used, one stays."""
    op.execute(
        "DELETE FROM request_key WHERE EXISTS (SELECT 1 FROM request_key other WHERE"
        " other.request_id = request_key.request_id AND other.tenant < request_key.tenant)"
    )
    _copy_keys()
    op.drop_column("deck", "tenant")


def _copy_keys(*more: sa.Column[str]) -> None:
    """Gives `request_key` another primary key, by a copy: SQLite knows no other way."""
    op.drop_index("ix_request_key_deck_id", "request_key")
    op.rename_table("request_key", "request_key_before")
    op.create_table(
        "request_key",
        *more,
        sa.Column("request_id", sa.String(128), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("deck_id", sa.String(32), nullable=False, index=True),
    )
    op.execute(
        "INSERT INTO request_key (request_id, body_hash, deck_id)"
        " SELECT request_id, body_hash, deck_id FROM request_key_before"
    )
    op.drop_table("request_key_before")
