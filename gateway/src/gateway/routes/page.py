"""The web page, its files, and a readable list of the REST calls."""

from __future__ import annotations

import asyncio
from typing import Annotated

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import ServiceError
from fastapi import APIRouter, Header, HTTPException, Request, Response

from gateway.page.render import MEDIA_TYPES, POLICY, asset, page_html, tag_of
from gateway.page.rest_calls import rest_calls_html
from gateway.routes.dependencies import UpstreamOf

router = APIRouter(include_in_schema=False)

_HEADERS = {"Content-Security-Policy": POLICY}


@router.get("/")
async def page(upstream: UpstreamOf) -> Response:
    """The page, with the spaces and themes in it."""
    reachable, spaces, themes = True, pb.ListSpacesResponse(), pb.ListThemesResponse()
    try:
        spaces, themes = await asyncio.gather(
            upstream.call(upstream.stub.ListSpaces, pb.ListSpacesRequest(page_size=100)),
            upstream.call(upstream.stub.ListThemes, pb.ListThemesRequest()),
        )
    except ServiceError:
        reachable = False
    html = page_html(spaces.spaces, themes.themes, reachable=reachable)
    return Response(html, media_type="text/html; charset=utf-8", headers=_HEADERS)


@router.get("/assets/{name}")
async def file(name: str, if_none_match: Annotated[str, Header()] = "") -> Response:
    """A file of the page."""
    if name not in MEDIA_TYPES:
        raise HTTPException(404, "no such file")
    headers = {"ETag": tag_of(name), "Cache-Control": "no-cache"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(asset(name), media_type=MEDIA_TYPES[name], headers=headers)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The REST calls for people, made from the OpenAPI description."""
    html = rest_calls_html(request.app.openapi())
    return Response(html, media_type="text/html; charset=utf-8", headers=_HEADERS)
