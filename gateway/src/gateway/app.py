"""Builds the application."""

from __future__ import annotations

from typing import Any, Final

import grpc.aio
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from gateway import problems, schemas
from gateway.examples import add_examples
from gateway.middleware.api_key import ApiKey
from gateway.middleware.body_limit import BodyLimit
from gateway.middleware.compress import Compress
from gateway.middleware.frame import Frame
from gateway.middleware.head import HeadAsGet
from gateway.middleware.metrics import HttpMetrics, Measure
from gateway.middleware.rate_limit import RateLimit
from gateway.routes import catalog, decks, generate, health, page, revisions, sign_in
from gateway.settings import ApiSection
from gateway.upstream import Upstream

PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    code: {
        "description": told,
        "content": {"application/problem+json": {"schema": schemas.Problem.model_json_schema()}},
    }
    for code, told in (("4XX", "What to change."), ("5XX", "What went wrong."))
}
"""Every failure of every route is a problem."""

ALLOWED: Final = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Modified-Since",
    "If-None-Match",
    "Last-Event-ID",
    "Prefer",
    "X-Request-Id",
)
"""Headers that pages of allowed origins may send."""
EXPOSED: Final = (
    "Content-Disposition",
    "ETag",
    "Idempotency-Replayed",
    "Location",
    "Preference-Applied",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
)
"""Headers that pages of allowed origins may read."""


def create_app(settings: ApiSection, channel: grpc.aio.Channel) -> FastAPI:
    """The application over a channel to the orchestrator."""
    app = FastAPI(
        title="AI Slide Generator",
        version="1",
        description="Questions about company data become slide decks whose numbers can be traced.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=PROBLEMS,
        # What generators name their functions after.
        generate_unique_id_function=lambda route: route.name,
    )
    _describe(app)
    app.state.upstream = Upstream(channel, settings)
    problems.install(app)
    for router in (
        generate.router,
        decks.router,
        revisions.router,
        catalog.router,
        health.router,
        page.router,
        sign_in.router,
    ):
        app.include_router(router)
    app.state.metrics = HttpMetrics()
    _surround(app, settings)
    return app


def _surround(app: FastAPI, settings: ApiSection) -> None:
    """What every request passes, innermost first."""
    app.add_middleware(Compress)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit, limit=settings.body_limit_bytes)
    if settings.requests_per_minute:
        app.add_middleware(RateLimit, per_minute=settings.requests_per_minute)
    app.add_middleware(
        ApiKey, tenants=settings.tenant_by_key(), person_header=settings.person_header
    )
    # Outside the keys: a browser asks beforehand, without its key, whether it may call.
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=list(ALLOWED),
            expose_headers=list(EXPOSED),
        )
    app.add_middleware(Measure, metrics=app.state.metrics)
    # Added last, so outermost: every answer, refusals too, gets its headers.
    app.add_middleware(Frame)


def _describe(app: FastAPI) -> None:
    described = app.openapi

    def with_examples() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = add_examples(described())
        return app.openapi_schema

    app.openapi = with_examples  # type: ignore[method-assign]
