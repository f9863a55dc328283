"""What routes take from the application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from gateway.upstream import Upstream


def _upstream(request: Request) -> Upstream:
    found: Upstream = request.app.state.upstream
    return found


UpstreamOf = Annotated[Upstream, Depends(_upstream)]
DeckId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Deck id, 32 hex digits.")]
