"""Rows a second and memory of genie_svc for results of 5,000 and of 1,000,000 rows.

Simulated: the workspace (a scripted HTTP server in a process of its own, 5,000 rows a chunk, five
columns of five types). Real: databricks-sdk, decoding, gRPC, one genie_svc process, one reader.
"""

from __future__ import annotations

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
SIZES = (5_000, 1_000_000)
GOALS = {"rows_per_s": 50_000, "rss_growth_mb": 300}


async def read(target: str, size: int, service: psutil.Process) -> dict[str, float]:
    before = service.memory_info().rss
    peak = before

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, service.memory_info().rss)
            await asyncio.sleep(0.1)

    watching = asyncio.create_task(watch())
    async with grpc.aio.insecure_channel(target) as channel:
        stub = GenieServiceStub(channel)
        rows, first_row, started = 0, 0.0, time.perf_counter()
        request = pb.AskRequest(question=f"{size} rows", max_rows=size)
        async for event in stub.Ask(request, timeout=120):
            if event.WhichOneof("event") == "rows_ready":
                started_rows = time.perf_counter()
            if event.WhichOneof("event") == "rows":
                first_row = first_row or time.perf_counter()
                rows += len(event.rows.rows)
        wall = time.perf_counter() - started
    watching.cancel()
    assert rows == size, (rows, size)
    return {
        "rows": rows,
        "wall_s": round(wall, 2),
        "rows_per_s": round(rows / (wall if size > 5000 else time.perf_counter() - started_rows)),
        "rss_growth_mb": round((peak - before) / 1e6, 1),
        "peak_rss_mb": round(peak / 1e6, 1),
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        workspace = subprocess.Popen(
            [sys.executable, str(WORKSPACE), "rows"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert workspace.stdin and workspace.stdout
        environ = {
            **os.environ,
            "DATABRICKS_HOST": f"http://127.0.0.1:{workspace.stdout.readline().strip()}",
            "DATABRICKS_TOKEN": "dapi-scripted-token-0123456789",
            "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
            "AISLIDES_GENIE__SPACE_ID": "space1",
            "AISLIDES_GENIE__QUESTIONS_PER_MINUTE": "0",
            "AISLIDES_GENIE__POLL_FIRST_SECONDS": "0.05",
            "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
            "LOG_LEVEL": "WARNING",
        }
        service = subprocess.Popen(
            [sys.executable, "-m", "genie_svc"], env=environ, stdout=subprocess.PIPE, text=True
        )
        figures: dict[str, dict[str, float]] = {}
        try:
            assert service.stdout
            target = next(line for line in service.stdout if "listens on" in line).split()[-1]
            threading.Thread(target=service.stdout.read, daemon=True).start()  # a full pipe blocks
            for size in SIZES:
                workspace.stdin.write(f"{size}\n")
                workspace.stdin.flush()
                workspace.stdout.readline()
                process = psutil.Process(service.pid)
                figures[f"{size}_rows"] = asyncio.run(read(target, size, process))
        finally:
            for child in (service, workspace):
                child.terminate()
                child.wait(30)
    for name, values in figures.items():
        print(f"{name:>14}  " + "  ".join(f"{key} {value}" for key, value in values.items()))
    large = figures[f"{SIZES[-1]}_rows"]
    ok = (
        large["rows_per_s"] >= GOALS["rows_per_s"]
        and large["rss_growth_mb"] <= GOALS["rss_growth_mb"]
    )
    print(json.dumps({"bench": "genie_rows", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
