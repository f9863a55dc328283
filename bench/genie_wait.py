"""2,000 questions wait 20 s each in one genie_svc process: memory, threads, delay, HTTP calls.

They come at 200 a second, so that for ten seconds all of them wait at once. Simulated: Genie (a
scripted HTTP server in a process of its own that answers each question after 20 s). Real:
databricks-sdk, gRPC, SQLite with full sync, one genie_svc process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import grpc.aio
import psutil
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceStub

WORKSPACE = Path(__file__).parents[1] / "services/genie_svc/tests/support/genie_bench_server.py"
GOALS = {"peak_rss_mb": 300, "delay_p95_s": 5.0, "failed": 0, "asked_twice": 0}


async def ask(
    stub: GenieServiceStub, number: int, done: dict[str, float], kinds: list[str]
) -> None:
    question = f"question {number}"
    try:
        async for event in stub.Ask(pb.AskRequest(question=question), timeout=120):
            kind = event.WhichOneof("event")
            if kind == "rows_ready":
                done[question] = time.time()
        kinds.append(kind)
    except grpc.aio.AioRpcError as error:
        kinds.append(f"{error.code().name}: {error.details()}")


async def drive(target: str, questions: int, service: psutil.Process) -> dict[str, object]:
    channels = [
        grpc.aio.insecure_channel(target, options=[("grpc.use_local_subchannel_pool", 1)])
        for _ in range(4)
    ]
    stubs = [GenieServiceStub(channel) for channel in channels]
    done: dict[str, float] = {}
    kinds: list[str] = []
    started = time.time()
    asks: list[asyncio.Task[None]] = []
    for number in range(questions):
        asks.append(asyncio.create_task(ask(stubs[number % 4], number, done, kinds)))
        if number % 20 == 19:
            await asyncio.sleep(0.1)
    peak, threads = 0, 0
    while not all(task.done() for task in asks):
        peak = max(peak, service.memory_info().rss)
        threads = max(threads, service.num_threads())
        await asyncio.sleep(0.25)
    wall = time.time() - started
    for channel in channels:
        await channel.close()
    return {"done": done, "kinds": kinds, "peak": peak, "threads": threads, "wall": wall}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        genie = subprocess.Popen(
            [sys.executable, str(WORKSPACE), "wait", str(options.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert genie.stdin and genie.stdout
        port = int(genie.stdout.readline())
        environ = {
            **os.environ,
            "DATABRICKS_HOST": f"http://127.0.0.1:{port}",
            "DATABRICKS_TOKEN": "dapi-scripted-token-0123456789",
            "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
            "AISLIDES_GENIE__SPACE_ID": "space1",
            "AISLIDES_GENIE__QUESTIONS_PER_MINUTE": "0",
            "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
            "LOG_LEVEL": "WARNING",
        }
        service = subprocess.Popen(
            [sys.executable, "-m", "genie_svc"], env=environ, stdout=subprocess.PIPE, text=True
        )
        try:
            assert service.stdout
            target = next(line for line in service.stdout if "listens on" in line).split()[-1]
            threading.Thread(target=service.stdout.read, daemon=True).start()  # a full pipe blocks
            process = psutil.Process(service.pid)
            idle = process.memory_info().rss
            outcome = asyncio.run(drive(target, options.questions, process))
            cpu = sum(process.cpu_times()[:2])
            genie.stdin.write("\n")
            genie.stdin.flush()
            counts, ready, asked = json.loads(genie.stdout.readline())
        finally:
            for child in (service, genie):
                child.terminate()
                child.wait(30)
    delays = sorted(at - ready[question] for question, at in outcome["done"].items())
    figures = {
        "questions": options.questions,
        "waited_s_each": options.seconds,
        "idle_rss_mb": round(idle / 1e6, 1),
        "peak_rss_mb": round(outcome["peak"] / 1e6, 1),
        "threads": outcome["threads"],
        "delay_p50_s": round(delays[len(delays) // 2], 2),
        "delay_p95_s": round(delays[int(len(delays) * 0.95)], 2),
        "delay_max_s": round(delays[-1], 2),
        "http_posts": counts["posts"],
        "http_polls": counts["polls"],
        "http_results": counts["results"],
        "service_cpu_s": round(cpu, 1),
        "wall_s": round(outcome["wall"], 1),
        "failed": sum(kind != "rows" for kind in outcome["kinds"]),
        "asked_twice": asked - options.questions,
    }
    for name, value in figures.items():
        goal = GOALS.get(name)
        print(f"{name:>16}  {value!s:>8}" + (f"  (goal <= {goal})" if goal is not None else ""))
    bad = [kind for kind in outcome["kinds"] if kind != "rows"]
    if bad:
        print("first failure:", bad[0])
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"bench": "genie_wait", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
