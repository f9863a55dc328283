from __future__ import annotations

from contextlib import asynccontextmanager

import httpx
import pytest
from gateway.server import running_gateway
from gateway.settings import ApiSection, Settings

from fakes.orchestrator import FakeOrchestrator, serving


@pytest.fixture
def fake():
    return FakeOrchestrator()


@pytest.fixture
def gateway():
    """A real gateway before a scripted orchestrator, and a client."""

    @asynccontextmanager
    async def build(fake, **api):
        async with serving(fake) as target:
            section = ApiSection(port=0, orchestrator_target=target, **api)
            async with (
                running_gateway(Settings(api=section)) as running,
                httpx.AsyncClient(base_url=running.url, timeout=20) as client,
            ):
                yield client

    return build
