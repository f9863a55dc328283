from __future__ import annotations

import sys

import pytest
import pytest_asyncio
from aislides_runtime.logs import configure_logging

from fakes.serving import Made, end, serving


@pytest.fixture(autouse=True)
def quiet():
    """A failing test shows its deck, not every call."""
    configure_logging("ERROR", "console", "test", stream=sys.stderr)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def make(tmp_path_factory):
    """Makes one deck by one script after the other, all by one orchestrator."""
    async with serving(tmp_path_factory.mktemp("hostile"), {}) as (stub, script):

        async def made(acts, **asked) -> Made:
            script.restart(acts)
            done = await end(stub, script, **asked)
            assert not script.left_over(), f"acts left over: {script.left_over()}"
            return done

        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def make_within(tmp_path):
    """Makes one deck within so many seconds."""

    async def made(acts, *, seconds, **asked) -> Made:
        async with serving(tmp_path, acts, seconds=seconds) as (stub, script):
            return await end(stub, script, **asked)

    return made
