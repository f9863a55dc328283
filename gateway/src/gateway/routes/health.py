"""Whether the gateway is alive, and whether it can take work."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from gateway import schemas
from gateway.routes.dependencies import UpstreamOf

router = APIRouter(tags=["health"])

_UNREADY: Final[dict[int | str, dict[str, Any]]] = {503: {"model": schemas.Health}}


@router.get("/health/live")
async def live() -> schemas.Health:
    """Answers as long as the gateway turns."""
    return schemas.Health(status="ok")


@router.get("/health", name="health", responses=_UNREADY)
@router.get("/health/ready", responses=_UNREADY)
async def ready(upstream: UpstreamOf, response: Response) -> schemas.Health:
    """200 when decks can be made, else 503."""
    if await upstream.readiness.ready():
        return schemas.Health(status="ok", dependencies={"orchestrator": "ok"})
    response.status_code = 503
    return schemas.Health(status="unavailable", dependencies={"orchestrator": "unavailable"})


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """The gateway's series, for Prometheus."""
    text = generate_latest(request.app.state.metrics.registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
