"""What there is to choose from, and what was used."""

from __future__ import annotations

from typing import Annotated

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from fastapi import APIRouter, Query

from gateway import schemas
from gateway.mapping import json_of
from gateway.routes.dependencies import UpstreamOf

router = APIRouter(prefix="/v1", tags=["catalog"])


@router.get("/spaces")
async def list_spaces(
    upstream: UpstreamOf,
    page_size: Annotated[int, Query(ge=1, le=100)] = 50,
    page_token: Annotated[str, Query(max_length=500)] = "",
) -> schemas.Json:
    """The Genie spaces that decks can be made from."""
    request = pb.ListSpacesRequest(page_size=page_size, page_token=page_token)
    return json_of(await upstream.call(upstream.stub.ListSpaces, request))


@router.get("/themes")
async def list_themes(upstream: UpstreamOf) -> schemas.Json:
    """The themes that decks can wear."""
    return json_of(await upstream.call(upstream.stub.ListThemes, pb.ListThemesRequest()))


@router.get("/usage")
async def get_usage(upstream: UpstreamOf) -> schemas.Json:
    """What was used in the last 24 hours."""
    return json_of(await upstream.call(upstream.stub.GetUsage, pb.GetUsageRequest()))
