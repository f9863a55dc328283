"""Lists of one tenant's decks do not read through those of all the others."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the index of a tenant's decks by time."""
    op.create_index("deck_tenant_created", "deck", ["tenant", "created_at", "deck_id"])


def downgrade() -> None:
    """Takes it away."""
    op.drop_index("deck_tenant_created", "deck")
