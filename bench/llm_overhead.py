"""What llm_svc adds to a model's own time: per call, per streamed token, and with 500 streams.

Upstream is a stand-in in a process of its own: it answers without delay, or, for the 500 streams,
at 4 tokens a second each, begun within 5 s. llm_svc runs in another process; this one is the
client. All three share one machine's cores and its loopback, so these are upper bounds. A token's
lateness counts from the first token of its stream. Per token we can come out below zero: the openai
client, which is the direct way, reads a stream more slowly than llm_svc does.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import openai
import psutil
from aislides.llm.v1 import llm_service_pb2 as pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.logs import configure_logging
from aislides_runtime.settings import Secret
from llm_svc.bootstrap import running_llm
from llm_svc.settings import DatabricksSection, LlmSection, Settings

PROMPTS = Path(__file__).parents[1] / "config" / "prompts.yaml"
CALLS = 60
TOKENS = 2000
STREAMS = 500
PACED_TOKENS = 40
PACE = 0.25
RAMP = 5.0
GOALS = {
    "added_ms_per_call_median": 15.0,
    "added_us_per_token": 200.0,
    "streams_rss_growth_mb": 150.0,
    "streams_late_p99_ms": 500.0,
}


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()


CHUNK = _event({"content": "word "}, None)
END = _event({}, "stop") + b"data: [DONE]\n\n"
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As many words as `max_tokens`, all at once, or at the pace that `seed` gives in ms."""

    def send(data: bytes) -> None:
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            pace = (body.get("seed") or 0) / 1000
            writer.write(HEAD)
            started = time.monotonic()
            for number in range(body["max_tokens"]):
                send(CHUNK)
                if pace:
                    await asyncio.sleep(started + (number + 1) * pace - time.monotonic())
                await writer.drain()
            send(END)
            writer.write(b"0\r\n\r\n")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _run_upstream(pipe: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.recv)

    asyncio.run(serve())


def _run_service(pipe: Connection, url: str, folder: str) -> None:
    async def serve() -> None:
        settings = Settings(
            llm=LlmSection(
                listen="127.0.0.1:0",
                endpoint="m",
                prompts_file=PROMPTS,
                database=f"sqlite+aiosqlite:///{folder}/llm.db",
            ),
            databricks=DatabricksSection(host=url, token=Secret("x")),
        )
        async with running_llm(settings) as server:
            pipe.send(server.target)
            await asyncio.to_thread(pipe.recv)

    configure_logging("ERROR")
    asyncio.run(serve())


def _spec(tokens: int, pace: float = 0.0) -> pb.CompletionSpec:
    message = pb.ChatMessage(role=pb.ROLE_USER, content="Say words.")
    return pb.CompletionSpec(
        messages=pb.MessageList(messages=[message]),
        max_output_tokens=tokens,
        seed=round(pace * 1000) if pace else None,
    )


async def _direct(client: openai.AsyncOpenAI, tokens: int) -> float:
    began = time.perf_counter()
    stream: Any = await client.chat.completions.create(
        model="m",
        messages=[{"role": "user", "content": "Say words."}],
        max_tokens=tokens,
        stream=True,
    )
    async for _ in stream:
        pass
    return time.perf_counter() - began


async def _through(stub: Any, tokens: int) -> float:
    began = time.perf_counter()
    async for _ in stub.StreamCompletion(pb.StreamCompletionRequest(spec=_spec(tokens))):
        pass
    return time.perf_counter() - began


async def _paced(stub: Any, start_after: float) -> list[float]:
    """How late each token came, in seconds, on the plan that the first one set."""
    await asyncio.sleep(start_after)
    late: list[float] = []
    first = 0.0
    request = pb.StreamCompletionRequest(spec=_spec(PACED_TOKENS, PACE))
    async for event in stub.StreamCompletion(request):
        if event.WhichOneof("event") == "text_delta":
            now = time.monotonic()
            first = first or now
            for _ in range(event.text_delta.text.count(" ")):
                late.append(now - first - len(late) * PACE)
    assert len(late) == PACED_TOKENS
    return late


async def _measure(target: str, url: str, service: psutil.Process) -> dict[str, float]:
    client = openai.AsyncOpenAI(base_url=f"{url}/serving-endpoints", api_key="x", max_retries=0)
    async with open_channel(target) as channel:
        stub = LlmServiceStub(channel)
        for _ in range(5):
            await _direct(client, 1)
            await _through(stub, 1)
        direct = [await _direct(client, 1) for _ in range(CALLS)]
        through = [await _through(stub, 1) for _ in range(CALLS)]
        raw = min([await _direct(client, TOKENS) for _ in range(3)])
        served = min([await _through(stub, TOKENS) for _ in range(3)])
        before = service.memory_info().rss
        peak = before

        async def watch() -> None:
            nonlocal peak
            while True:
                peak = max(peak, service.memory_info().rss)
                await asyncio.sleep(0.2)

        watching = asyncio.create_task(watch())
        cpu = sum(service.cpu_times()[:2])
        late = await asyncio.gather(
            *(_paced(stub, RAMP * number / STREAMS) for number in range(STREAMS))
        )
        cpu = sum(service.cpu_times()[:2]) - cpu
        watching.cancel()
    await client.close()
    tokens = sorted(value for stream in late for value in stream)
    return {
        "direct_ms_per_call_median": statistics.median(direct) * 1000,
        "added_ms_per_call_median": (statistics.median(through) - statistics.median(direct)) * 1000,
        "direct_us_per_token": raw / TOKENS * 1e6,
        "added_us_per_token": (served - raw) / TOKENS * 1e6,
        "streams": STREAMS,
        "streams_rss_mb": peak / 2**20,
        "streams_rss_growth_mb": (peak - before) / 2**20,
        "streams_late_p50_ms": tokens[len(tokens) // 2] * 1000,
        "streams_late_p99_ms": tokens[int(len(tokens) * 0.99)] * 1000,
        "streams_tokens_per_s": STREAMS / PACE,
        "streams_cpu_us_per_token": cpu / len(tokens) * 1e6,
    }


def main() -> None:
    spawn = multiprocessing.get_context("spawn")
    children = []
    pipes = []

    def start(target: Any, *arguments: str) -> tuple[Any, Any]:
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=target, args=(theirs, *arguments), daemon=True)
        process.start()
        children.append(process)
        pipes.append(ours)
        return ours.recv(), process

    with tempfile.TemporaryDirectory() as folder:
        port, _ = start(_run_upstream)
        url = f"http://127.0.0.1:{port}"
        target, service = start(_run_service, url, folder)
        figures = asyncio.run(_measure(target, url, psutil.Process(service.pid)))
        for pipe in pipes:
            pipe.send("stop")
        for child in children:
            child.join(20)
    for name, value in figures.items():
        goal = f"   goal <= {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:30} {value:10.1f}{goal}")
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    rounded = {name: round(value, 2) for name, value in figures.items()}
    print(json.dumps({"bench": "llm_overhead", "figures": rounded, "goals": GOALS, "ok": ok}))


if __name__ == "__main__":
    main()
