"""Builds the application: routers, error format, faults, and the end of everything at shutdown."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from local_workspace.api_errors import ApiError
from local_workspace.faults.middleware import Faults
from local_workspace.ports import Analyst, Translator
from local_workspace.routes import (
    absent,
    chat,
    comments,
    conversations,
    endpoints,
    external,
    faults,
    identity,
    older,
    results,
    spaces,
    statements,
    tables,
    unity_catalog,
    warehouses,
    wellknown,
)
from local_workspace.settings import LocalWorkspaceSettings
from local_workspace.workspace import Clock, build_workspace

log = logging.getLogger(__name__)

ROUTERS = (
    wellknown,
    identity,
    spaces,
    conversations,
    comments,
    results,
    older,
    statements,
    unity_catalog,
    tables,
    external,
    warehouses,
    endpoints,
    chat,
    faults,
    absent,
)


def create_app(
    settings: LocalWorkspaceSettings,
    *,
    translator: Translator | None = None,
    analyst: Analyst | None = None,
    now: Clock = time.time,
) -> FastAPI:
    """The workspace as an ASGI application; `app.state.workspace` holds its parts.

    `translator` and `analyst` replace the built-in ones; `now` is the clock for expiry.
    """
    workspace = build_workspace(settings, translator, analyst, now)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await asyncio.to_thread(workspace.registry.load)
            yield
        finally:
            await workspace.aclose()

    app = FastAPI(title="AI Slide Generator: local workspace", lifespan=lifespan)
    app.state.workspace = workspace
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_middleware(Faults, workspace.faults, workspace.identities.authenticate)
    app.add_exception_handler(ApiError, on_api_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(ValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_unexpected_error)
    return app


async def on_api_error(_: Request, error: Exception) -> JSONResponse:
    """Our own errors, in the REST API's format."""
    assert isinstance(error, ApiError)
    headers = {} if error.retry_after is None else {"Retry-After": f"{error.retry_after:g}"}
    return JSONResponse(error.body(), error.status, headers)


async def on_invalid_request(_: Request, error: Exception) -> JSONResponse:
    """A body or parameter of the wrong shape: 400, naming the fields."""
    assert isinstance(error, RequestValidationError | ValidationError)
    faults_found = [
        f"{'.'.join(str(part) for part in entry['loc'])}: {entry['msg']}"
        for entry in error.errors()[:5]
    ]
    return error_json(400, "INVALID_PARAMETER_VALUE", "; ".join(faults_found))


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    """An unknown path or method."""
    assert isinstance(error, HTTPException)
    if error.status_code in {404, 405}:
        where = f"{request.method} {request.url.path[:200]}"
        return error_json(404, "ENDPOINT_NOT_FOUND", f"No API found for '{where}'")
    return error_json(error.status_code, "BAD_REQUEST", "The request cannot be read.")


async def on_unexpected_error(_: Request, error: Exception) -> JSONResponse:
    """Anything else: logged by the server, a fixed text for the caller."""
    log.error("unexpected error", exc_info=error)
    return error_json(500, "INTERNAL_ERROR", "The local workspace could not do this.")


def error_json(status: int, code: str, message: str) -> JSONResponse:
    """An error response."""
    body: dict[str, Any] = {"error_code": code, "message": message}
    return JSONResponse(body, status)
