from __future__ import annotations

from contextlib import asynccontextmanager

import httpx
import pytest
from gateway.app import create_app
from gateway.server import running_gateway
from gateway.settings import ApiSection, Settings

from fakes.orchestrator import FakeOrchestrator, serving
from gateway import server


@pytest.fixture
def fake():
    return FakeOrchestrator()


def with_a_broken_route(settings, channel):
    app = create_app(settings, channel)

    @app.get("/broken")
    async def broken():
        raise RuntimeError("the secret is 42")

    return app


@pytest.fixture
def gateway(monkeypatch):
    """A real gateway before a scripted orchestrator, and a client. A broken one has a route that
    raises what nobody expects."""

    @asynccontextmanager
    async def build(fake, *, broken=False, **api):
        async with serving(fake) as target:
            section = ApiSection(port=0, orchestrator_target=target, **api)
            if broken:
                monkeypatch.setattr(server, "create_app", with_a_broken_route)
            async with (
                running_gateway(Settings(api=section)) as running,
                httpx.AsyncClient(base_url=running.url, timeout=20) as client,
            ):
                yield client

    return build
