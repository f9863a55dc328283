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
from aislides_runtime.settings import Secret
from llm_svc.bootstrap import running_llm
from llm_svc.settings import DatabricksSection, LlmSection, Settings

HERE = Path(__file__).parent
PROMPTS = HERE.parents[2] / "config" / "prompts.yaml"

# importlib mode does not put this folder on the path; these modules are shared by the tests.
SHARED = {"scripted": "scripted.py", "calling": "calling.py"}
SHARED["llm_contract_servers"] = "contract/servers.py"
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
    return settings_for(tmp_path, upstream.url)


def settings_for(tmp_path: Path, url: str, **llm: Any) -> Settings:
    section = {
        "listen": "127.0.0.1:0",
        "endpoint": "m",
        "prompts_file": PROMPTS,
        "database": f"sqlite+aiosqlite:///{tmp_path}/llm.db",
        "retries": {"tries": 3, "base": 0.0, "cap": 0.0},
        **llm,
    }
    return Settings(
        llm=LlmSection.model_validate(section),
        databricks=DatabricksSection(host=url, token=Secret("dapi-test")),
    )


@pytest.fixture
async def start(tmp_path: Path, upstream: Any) -> AsyncIterator[StartLlm]:
    """Starts the service with changed `llm` settings and gives a stub."""
    async with AsyncExitStack() as stack:

        async def start_llm(**llm: Any) -> LlmServiceStub:
            changed = settings_for(tmp_path, upstream.url, **llm)
            server = await stack.enter_async_context(running_llm(changed))
            channel = open_channel(server.target, retry_unavailable=False)
            stack.push_async_callback(channel.close)
            return LlmServiceStub(channel)

        yield start_llm
