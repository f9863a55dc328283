"""How many Genie questions a second the local workspace answers for 50 callers, and at what cost.

    python bench/workspace.py [--callers 50] [--seconds 15]

Everything is real (HTTP over loopback, rules, SQL in child processes); no upstream delay is
simulated. Callers and workspace share one event loop, as in `aislides up`: its lag is what other
services of that process would feel. The callers' own work is part of every figure.
"""

import argparse
import asyncio
import json
import os
import ssl
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil
from local_workspace.server import RunningWorkspace, running_workspace
from local_workspace.settings import LocalWorkspaceSettings

QUESTIONS = (
    "How many flights were there in 2013?",
    "Average departure delay by airline",
    "How does the average departure delay change by month?",
    "Top 10 destinations by number of flights",
    "On-time rate by origin",
    "flights per day of week",
)
POLL_SECONDS = 0.25  # four times as often as genie_svc
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: httpx takes 40 ms for each of its own
GOALS = {"questions_a_second": 20, "p99_seconds": 5.0, "loop_lag_p99_ms": 100, "rss_mb": 500}


class Lag:
    """Measures how late the event loop wakes a sleeper."""

    def __init__(self) -> None:
        self.samples: list[float] = []

    async def watch(self) -> None:
        """Samples until cancelled."""
        while True:
            due = time.perf_counter() + 0.01
            await asyncio.sleep(0.01)
            self.samples.append(time.perf_counter() - due)


async def ask(client: httpx.AsyncClient, question: str) -> None:
    """One question from POST to rows."""
    base = "/api/2.0/genie/spaces/flights"
    reply = await client.post(f"{base}/start-conversation", json={"content": question})
    begun = reply.raise_for_status().json()
    path = f"{base}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"
    while (message := (await client.get(path)).json())["status"] != "COMPLETED":
        if message["status"] == "FAILED":
            raise RuntimeError(message["error"])
        await asyncio.sleep(POLL_SECONDS)
    attachment = message["attachments"][0]["attachment_id"]
    result = await client.get(f"{path}/attachments/{attachment}/query-result")
    if not result.json()["statement_response"]["result"]["data_array"]:
        raise RuntimeError(f"no rows for {question}")


async def caller(running: RunningWorkspace, number: int, until: float, took: list[float]) -> None:
    """Asks one question after the other until time is up."""
    headers = {"Authorization": f"Bearer {running.token}"}
    async with httpx.AsyncClient(
        base_url=running.host, headers=headers, timeout=60, verify=NO_TLS
    ) as client:
        while time.perf_counter() < until:
            started = time.perf_counter()
            await ask(client, QUESTIONS[(number + len(took)) % len(QUESTIONS)])
            took.append(time.perf_counter() - started)


def resident_mb() -> dict[str, float]:
    """Resident memory of this process and of its statement processes."""
    own = psutil.Process()
    children = sum(child.memory_info().rss for child in own.children(recursive=True))
    return {"own": own.memory_info().rss / 2**20, "children": children / 2**20}


async def measure(callers: int, seconds: float) -> dict[str, float]:
    """Runs the callers and returns the figures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = LocalWorkspaceSettings(port=0, data_directory=Path(folder))
        async with running_workspace(settings) as running:
            await caller(running, 0, time.perf_counter() + 0.5, [])  # warm: build, profile, start
            lag, took = Lag(), []
            watching = asyncio.create_task(lag.watch())
            started = time.perf_counter()
            until = started + seconds
            await asyncio.gather(*(caller(running, n, until, took) for n in range(callers)))
            elapsed = time.perf_counter() - started
            watching.cancel()
            memory = resident_mb()
    took.sort()
    lags = sorted(lag.samples)
    return {
        "questions": len(took),
        "questions_a_second": round(len(took) / elapsed, 1),
        "p50_seconds": round(took[len(took) // 2], 3),
        "p99_seconds": round(took[int(len(took) * 0.99)], 3),
        "loop_lag_p50_ms": round(lags[len(lags) // 2] * 1000, 1),
        "loop_lag_p99_ms": round(lags[int(len(lags) * 0.99)] * 1000, 1),
        "loop_lag_max_ms": round(lags[-1] * 1000, 1),
        "rss_mb": round(memory["own"] + memory["children"]),
        "rss_own_mb": round(memory["own"]),
        "rss_children_mb": round(memory["children"]),
        "callers": callers,
    }


def main() -> int:
    """Prints the table and the JSON line; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--callers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=15)
    arguments = parser.parse_args()
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    figures = asyncio.run(measure(arguments.callers, arguments.seconds))
    for name, value in figures.items():
        goal = f"   goal {GOALS[name]}" if name in GOALS else ""
        print(f"{name:20} {value:>10}{goal}")
    ok = figures["questions_a_second"] >= GOALS["questions_a_second"] and all(
        figures[name] <= goal for name, goal in GOALS.items() if name != "questions_a_second"
    )
    print(json.dumps({"bench": "workspace", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
