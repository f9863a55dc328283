"""A real service on a real socket in front of a scripted chat server."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_runtime.channels import open_channel
from llm_svc.bootstrap import running_llm
from llm_svc.settings import Settings

HERE = Path(__file__).parent

# importlib mode does not put this folder on the path; these modules are shared by the tests.
SHARED = {
    "scripted": "scripted.py",
    "calling": "calling.py",
    "llm_settings": "llm_settings.py",
    "llm_contract_servers": "contract/servers.py",
}
for _name, _file in SHARED.items():
    _spec = importlib.util.spec_from_file_location(_name, HERE / _file)
    assert _spec is not None and _spec.loader is not None
    sys.modules[_name] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_name])

StartLlm = Callable[..., Awaitable[LlmServiceStub]]


@pytest.fixture
async def upstream() -> AsyncIterator[Any]:
    """A chat server that answers as scripted."""
    async with sys.modules["scripted"].scripted_server() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, upstream: Any) -> Settings:
    """Settings for one test: own ledger, the scripted server as workspace, no pauses."""
    return sys.modules["llm_settings"].settings_for(tmp_path, upstream.url)


@pytest.fixture
async def start(tmp_path: Path, upstream: Any) -> AsyncIterator[StartLlm]:
    """Starts the service with changed `llm` settings and gives a stub."""
    async with AsyncExitStack() as stack:

        async def start_llm(**llm: Any) -> LlmServiceStub:
            changed = sys.modules["llm_settings"].settings_for(tmp_path, upstream.url, **llm)
            server = await stack.enter_async_context(running_llm(changed))
            channel = open_channel(server.target, retry_unavailable=False)
            stack.push_async_callback(channel.close)
            return LlmServiceStub(channel)

        yield start_llm
