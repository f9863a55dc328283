"""What routes take from the application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Path, Request

from gateway.upstream import Upstream


async def _upstream(request: Request) -> Upstream:
    found: Upstream = request.app.state.upstream
    return found.acting_for(request.scope["state"]["tenant"])


UpstreamOf = Annotated[Upstream, Depends(_upstream)]
"""The orchestrator as it is for the caller: every call keeps to the decks that the key opens."""
IdempotencyKey = Annotated[
    str,
    Header(max_length=128, pattern=r"^[A-Za-z0-9._:/-]*$", description="Makes retries safe."),
]
DeckId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Deck id, 32 hex digits.")]
