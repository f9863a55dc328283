from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import grpc.aio
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_svc.bootstrap import running_llm
from llm_svc.settings import LlmSection, Settings

PROMPTS = Path(__file__).parents[3] / "config/prompts.yaml"
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


async def test_a_refused_edit_shows_in_health_and_work_goes_on(tmp_path):
    prompts = tmp_path / "prompts.yaml"
    shutil.copy(PROMPTS, prompts)
    section = LlmSection(
        listen="127.0.0.1:0",
        mode="offline",
        prompts_file=prompts,
        database=f"sqlite+aiosqlite:///{tmp_path}/llm.db",
    )
    async with (
        running_llm(Settings(llm=section)) as server,
        grpc.aio.insecure_channel(server.target) as channel,
    ):
        stub = health_pb2_grpc.HealthStub(channel)

        async def status(name):
            return (await stub.Check(health_pb2.HealthCheckRequest(service=name))).status

        assert await status("prompts") == SERVING
        prompts.write_text("prompts: [broken")
        async with asyncio.timeout(10):
            while await status("prompts") != NOT_SERVING:
                await asyncio.sleep(0.05)
        assert await status("") == SERVING
        shutil.copy(PROMPTS, prompts)
        async with asyncio.timeout(10):
            while await status("prompts") != SERVING:
                await asyncio.sleep(0.05)
