"""The servers that the contract runs against, each with what it takes to talk to it."""

from __future__ import annotations

import asyncio
import dataclasses
import importlib.util
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aislides_runtime.settings import Secret
from llm_svc.adapters.key_auth import KeyAuth
from llm_svc.adapters.openai_compatible import OpenAICompatible
from llm_svc.ports import Provider

HERE = Path(__file__).parent
REAL_PYTHON = os.environ.get("AISLIDES_REAL_MODEL_PYTHON", "")
"""A Python that has xllamacpp, gguf and numpy: the contract then runs against llama.cpp too."""

HAS_LITELLM = importlib.util.find_spec("litellm") is not None
"""Whether this environment has the optional extra."""

KINDS = [
    "scripted",
    *(["local-analyst"] if importlib.util.find_spec("local_workspace") else []),
    *(["llama.cpp"] if REAL_PYTHON else []),
    *(["litellm"] if HAS_LITELLM else []),
]


@dataclass
class Server:
    """Where a server is, and a model that it serves."""

    base_url: str
    model: str
    key: Secret
    follows_schemas: bool = False
    knows_models: bool = True
    plans: bool = False
    counts_tokens: bool = True
    adapter: str = "openai"

    def provider(self, key: Secret | None = None) -> Provider:
        """The adapter that talks to it, with its key or another."""
        key = key or self.key
        if self.adapter == "litellm":
            from llm_svc.adapters.litellm_extra import LiteLLM

            return LiteLLM("p", key, self.base_url)
        return OpenAICompatible("p", self.base_url, KeyAuth(key))


@asynccontextmanager
async def server_of(kind: str, folder: Path) -> AsyncIterator[Server]:
    """A running server of one kind."""
    make = {
        "scripted": _friendly,
        "local-analyst": _analyst,
        "llama.cpp": _llama_cpp,
        "litellm": _litellm,
    }[kind]
    async with make(folder) as server:
        yield server


@asynccontextmanager
async def _friendly(_: Path) -> AsyncIterator[Server]:
    scripted = sys.modules["scripted"]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await scripted._request(reader)
        try:
            await _reply(request, scripted)(writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Server(f"http://127.0.0.1:{port}", "m", Secret("sk-test"), True, True, True)
    finally:
        server.close()


@asynccontextmanager
async def _litellm(folder: Path) -> AsyncIterator[Server]:
    async with _friendly(folder) as server:
        yield dataclasses.replace(server, model="openai/m", adapter="litellm")


def _reply(request, scripted):
    body = request.body
    if request.headers.get("authorization") != "Bearer sk-test":
        return scripted.body(401, {"error_code": 401, "message": "no"})
    if body["model"] != "m":
        return scripted.body(404, {"error_code": "ENDPOINT_NOT_FOUND", "message": "no"})
    if body.get("tools"):
        questions = ("How many flights were there?", "Who leads by delay?")
        return (scripted.calls if body.get("stream") else scripted.whole_calls)(*questions)
    if body["max_tokens"] < 50:
        return scripted.says("word " * body["max_tokens"], finish="length")
    text = json.dumps({"answer": "x"}) if "response_format" in body else "Hello, I am a model."
    if not body.get("stream"):
        return scripted.whole(text)
    return scripted.says(text, counted=scripted.usage(9, 6))


@asynccontextmanager
async def _analyst(folder: Path) -> AsyncIterator[Server]:
    from local_workspace.server import running_workspace
    from local_workspace.settings import LocalWorkspaceSettings

    settings = LocalWorkspaceSettings(port=0, data_directory=folder, demo_spaces=())
    async with running_workspace(settings) as workspace:
        yield Server(
            f"{workspace.host}/serving-endpoints",
            "local-analyst",
            Secret(workspace.token or ""),
            plans=True,
            counts_tokens=False,
        )


@asynccontextmanager
async def _llama_cpp(_: Path) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        REAL_PYTHON,
        str(HERE / "llama_cpp.py"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        url = ""
        while not url:
            line = (await process.stdout.readline()).decode()
            assert line, "llama.cpp ended while it started"
            url = line.removeprefix("URL ").strip() if line.startswith("URL ") else ""
        yield Server(f"{url}/v1", "tiny", Secret("sk-test"), True, False)
    finally:
        process.stdin.close()
        await process.wait()
