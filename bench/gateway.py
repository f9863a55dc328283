"""What the gateway adds: REST against direct gRPC, reads a second, 500 watchers, memory.

Real: all five services as processes on loopback, the demo data, one finished deck, one being made.
Simulated: Genie takes 8 s a question, so that the deck is at work while 500 watchers connect. The
load comes from this process, which shares the machine's cores with the services: with other work
on the machine read the CPU figures, which bear it, and not the waiting.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import grpc.aio
import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from addresses import free_addresses
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_cli.processes import Addresses, Processes
from aislides_client import AsyncClient
from load.plain_http import Connection, Pool

QUESTION = "How did departure delays develop in 2013, and which airports and airlines drive them?"
PAIRS = 1_000
RATE, SECONDS = 300, 10
CALLERS, BURST_SECONDS = 32, 5
WATCHERS = 500
GOALS = {
    "added_p50_ms": 2.0,
    "p99_ms_at_300_a_second": 100.0,
    "errors": 0,
    "watchers_without_gap": WATCHERS,
    "event_p99_ms": 1_000.0,
    "rss_mb_with_watchers": 250.0,
}


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def timed(call: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await call()
    return 1000 * (time.perf_counter() - began)


async def added(stub: DeckServiceStub, rest: Connection, deck_id: str) -> dict[str, float]:
    """The same read both ways, one after the other, so that noise meets both."""
    request, path = pb.GetDeckRequest(deck_id=deck_id), f"/v1/decks/{deck_id}"
    direct, through = [], []
    for _ in range(PAIRS):
        direct.append(await timed(lambda: stub.GetDeck(request)))
        through.append(await timed(lambda: rest.get(path)))
    return {
        "grpc_p50_ms": statistics.median(direct),
        "rest_p50_ms": statistics.median(through),
        "added_p50_ms": statistics.median(through) - statistics.median(direct),
        "grpc_p99_ms": quantile(direct, 0.99),
        "rest_p99_ms": quantile(through, 0.99),
    }


class Cpu:
    """CPU time that some processes spent since this was made."""

    def __init__(self, services: Processes) -> None:
        self._seen = {name: psutil.Process(one.pid) for name, one in services.running.items()}
        self._before = self._now()

    def _now(self) -> dict[str, float]:
        spent = {name: one.cpu_times() for name, one in self._seen.items()}
        return {name: times.user + times.system for name, times in spent.items()}

    def each(self, name: str, count: int) -> float:
        """Milliseconds for each of so many."""
        return 1000 * (self._now()[name] - self._before[name]) / count


async def steady(pool: Pool, path: str) -> dict[str, float]:
    """Reads begun at fixed times, whatever became of those before; waiting counts."""
    took: list[float] = []
    errors = 0

    async def read(due: float) -> None:
        nonlocal errors
        status, _ = await pool.get(path)
        took.append(1000 * (time.perf_counter() - due))
        errors += status != 200

    began = time.perf_counter()
    reads = []
    for number in range(RATE * SECONDS):
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reads.append(asyncio.create_task(read(due)))
    await asyncio.gather(*reads)
    return {
        "p50_ms_at_300_a_second": statistics.median(took),
        "p99_ms_at_300_a_second": quantile(took, 0.99),
        "errors": errors,
    }


async def most(pool: Pool, path: str) -> dict[str, float]:
    """Reads a second when 32 callers never pause."""
    end, done = time.perf_counter() + BURST_SECONDS, 0

    async def caller() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await pool.get(path)
            done += 1

    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    return {"reads_a_second": done / BURST_SECONDS}


async def watched(at: Addresses, gateway: psutil.Process) -> dict[str, float]:
    """500 watchers of one deck: what each saw, and how late."""
    late: list[float] = []
    whole = connected = 0
    all_in = asyncio.Event()

    async def watch(deck_id: str) -> None:
        nonlocal whole, connected
        seen = 0
        async with Connection(at.gateway) as connection:
            async for name, event in connection.events(f"/v1/decks/{deck_id}/events"):
                if not seen:
                    connected += 1
                    if connected == WATCHERS:
                        all_in.set()
                if all_in.is_set():
                    happened = datetime.fromisoformat(event["at"])
                    late.append(1000 * (datetime.now(UTC) - happened).total_seconds())
                if int(event["sequence"]) != seen + 1:
                    return
                seen += 1
                whole += name == "completed"

    async with AsyncClient(at.orchestrator) as decks:
        deck = await decks.create(QUESTION)
    began = time.perf_counter()
    watching = [asyncio.create_task(watch(deck.deck_id)) for _ in range(WATCHERS)]
    await all_in.wait()
    took = time.perf_counter() - began
    memory = gateway.memory_info().rss / 1e6
    await asyncio.gather(*watching)
    return {
        "seconds_to_500_watchers": took,
        "watchers_without_gap": whole,
        "event_p50_ms": statistics.median(late),
        "event_p99_ms": quantile(late, 0.99),
        "rss_mb_with_watchers": memory,
    }


async def measure(folder: str) -> dict[str, float]:
    """All figures, from one run."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": f"{folder}/workspace",
        "AISLIDES_LOCAL_WORKSPACE__PACE__GENIE__MEDIAN": "8",
        "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
        "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{folder}/llm.db",
        "AISLIDES_ORCHESTRATOR__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
        "LOG_LEVEL": "WARNING",
    }
    at = free_addresses()
    services = Processes(None, environ, at)
    await services.start()
    try:
        gateway = psutil.Process(services.running["gateway"].pid)
        figures = {"rss_mb_at_start": gateway.memory_info().rss / 1e6}
        async with AsyncClient(at.orchestrator) as decks:
            deck = await decks.generate(QUESTION)
        path = f"/v1/decks/{deck.deck_id}"
        async with grpc.aio.insecure_channel(at.orchestrator) as channel:
            stub = DeckServiceStub(channel)
            async with Connection(at.gateway) as rest:
                await added(stub, rest, deck.deck_id)  # warm
                figures |= await added(stub, rest, deck.deck_id)
        async with Pool(at.gateway) as pool:
            spent = Cpu(services)
            figures |= await steady(pool, path)
            figures["gateway_cpu_ms_a_read"] = spent.each("gateway", RATE * SECONDS)
            figures["orchestrator_cpu_ms_a_read"] = spent.each("orchestrator_svc", RATE * SECONDS)
            figures |= await most(pool, path)
        figures["rss_mb_after_reads"] = gateway.memory_info().rss / 1e6
        return figures | await watched(at, gateway)
    finally:
        await services.stop()


def main() -> int:
    """Prints the table and the JSON line."""
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: round(value, 2) for name, value in asyncio.run(measure(folder)).items()}
    for name, value in figures.items():
        goal = f"   goal {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:<26}{value:>10g}{goal}")
    ok = figures["watchers_without_gap"] == WATCHERS and all(
        figures[name] <= goal for name, goal in GOALS.items() if name != "watchers_without_gap"
    )
    print(json.dumps({"bench": "gateway", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
