"""Runs migrations on the connection that the database module hands over."""

from __future__ import annotations

from alembic import context
from orchestrator_svc.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
