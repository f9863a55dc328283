"""Whose decks there are."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from orchestrator_svc.store.tables import deck

DEFAULT: Final = "default"
"""Whom decks belong to where callers have no names."""
EVERYBODY: Final = "*"
"""Stands for all tenants; no deck is made for it."""


def tenant_named(tenant: str) -> str:
    """The tenant that a request names; the default one when it names none."""
    return tenant or DEFAULT


def may_see(tenant: str, owner: str) -> bool:
    """Whether decks of `owner` are there for `tenant`."""
    return tenant in (owner, EVERYBODY)


def seen_by(query: sa.Select[Any], tenant: str) -> sa.Select[Any]:
    """The query of decks, kept to those that are there for `tenant`."""
    return query if tenant == EVERYBODY else query.where(deck.c.tenant == tenant)
