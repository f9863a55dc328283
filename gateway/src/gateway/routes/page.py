"""The web page, its files, and a readable list of the REST calls."""

from __future__ import annotations

import asyncio
from html import escape
from typing import Annotated, Any

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import ServiceError
from fastapi import APIRouter, Header, HTTPException, Request, Response

from gateway.page.render import MEDIA_TYPES, POLICY, asset, page_html, tag_of
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
    described = request.app.openapi()
    rows = "".join(
        _row(path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    )
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>REST calls</title><link rel="stylesheet" href="/assets/page.css"></head><body>'
        '<header class="top"><p class="brand"><a href="/">AI Slide Generator</a></p></header><main>'
        "<h1>REST calls</h1>"
        '<p class="lede">The machine-readable description is <a href="/openapi.json">openapi.json'
        f'</a>.</p><ul class="decks">{rows}</ul></main></body></html>'
    )
    return Response(html, media_type="text/html; charset=utf-8", headers=_HEADERS)


def _row(path: str, method: str, operation: dict[str, Any]) -> str:
    told = escape(operation.get("description") or operation.get("summary", ""))
    call = f"<strong>{method.upper()} {escape(path)}</strong>"
    return f'<li><span>{call}</span><span class="when">{told}</span></li>'
