"""One orchestrator over scripted genie_svc and llm_svc on real gRPC: our own time, CPU and memory.

Simulated: Genie 8 s a question, the model 0.5 s to its first token and then 80 tokens a second. The
critical path is planning, the slowest question, and the writing. CPU is the orchestrator's process.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.logs import configure_logging
from chaos.child import serve
from chaos.upstreams import Delays, Upstreams, running_upstreams

TOKENS_A_SECOND, FIRST_TOKEN, GENIE = 80, 0.5, 8.0
TOKENS_A_SLIDE = 210
IN_FLIGHT = 200
DECKS = 12
GOALS = {
    "wall_over_critical_path": 1.05,
    "first_slide_seconds": 1.0,
    "own_cpu_milliseconds": 150.0,
    "rss_megabytes_at_200": 300.0,
    "model_calls": 2,
    "output_tokens": 3000,
}
REQUEST = pb.CreateDeckRequest(question="How did delays develop in 2013?", max_slides=10)
FORK = multiprocessing.get_context("spawn")


class Orchestrator:
    """The process that is measured."""

    def __init__(self, upstreams: Upstreams, folder: str) -> None:
        section = {
            "listen": "127.0.0.1:0",
            "genie_target": upstreams.genie,
            "llm_target": upstreams.llm,
            "database_url": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
        }
        ours, theirs = FORK.Pipe()
        self._process = FORK.Process(target=serve, args=(section, None, theirs), daemon=True)
        self._process.start()
        self._told = ours
        self.seen = psutil.Process(self._process.pid)

    async def target(self) -> str:
        """Where it serves."""
        return str((await asyncio.to_thread(self._told.recv))[1])

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        times = self.seen.cpu_times()
        return float(times.user + times.system)

    def stop(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.join()


async def make(stub: DeckServiceStub) -> tuple[pb.DeckInfo, float, float]:
    """A finished deck, its wall time, and when its first slide was published (monotonic)."""
    began, first = time.monotonic(), 0.0
    deck = (await stub.CreateDeck(REQUEST)).deck
    async for response in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck.deck_id)):
        if response.event.HasField("slide_ready") and not first:
            first = time.monotonic()
    wall = time.monotonic() - began
    info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck.deck_id))).deck
    if info.state != pb.STATE_SUCCEEDED:
        raise SystemExit(f"the deck failed: {info.error}")
    return info, wall, first


async def measure() -> dict[str, float]:
    """All figures."""
    configure_logging("ERROR", "console", "bench", stream=sys.stderr)
    none = Delays(plan=0, ask=0, first_token=0, slide=0)
    with tempfile.TemporaryDirectory() as folder:
        async with running_upstreams(none, questions=4) as upstreams:
            orchestrator = Orchestrator(upstreams, folder)
            try:
                async with open_channel(await orchestrator.target()) as channel:
                    stub = DeckServiceStub(channel)
                    return await idle(stub, orchestrator) | await loaded(
                        stub, orchestrator, upstreams
                    )
            finally:
                orchestrator.stop()


async def idle(stub: DeckServiceStub, orchestrator: Orchestrator) -> dict[str, float]:
    """Zero delays: what a deck costs us."""
    await make(stub)
    info, cpu = pb.DeckInfo(), orchestrator.cpu()
    for _ in range(DECKS):
        info, _, _ = await make(stub)
    # The kernel tells CPU in hundredths of a second: only a sum of decks says anything.
    cpu = (orchestrator.cpu() - cpu) / DECKS
    began = time.monotonic()
    await asyncio.gather(*(make(stub) for _ in range(12)))
    rate = 12 / (time.monotonic() - began)
    return {
        "own_cpu_milliseconds": round(1000 * cpu, 1),
        "decks_per_second": round(rate, 2),
        "slides": info.slide_count,
        "model_calls": info.usage.model_calls,
        "output_tokens": info.usage.output_tokens,
    }


async def loaded(
    stub: DeckServiceStub, orchestrator: Orchestrator, upstreams: Upstreams
) -> dict[str, float]:
    """Simulated delays: what we add to them, and what many decks at once hold."""
    slide = TOKENS_A_SLIDE / TOKENS_A_SECOND
    upstreams.delays = Delays(FIRST_TOKEN + 60 / TOKENS_A_SECOND, GENIE, FIRST_TOKEN, slide)
    info, wall, first = await make(stub)
    # The appendix is ours: the model writes the others, one after the other.
    written = len([key for key in upstreams.slides_written if key.startswith(info.deck_id)])
    path = upstreams.delays.plan + GENIE + FIRST_TOKEN + slide * written
    published = first - upstreams.slide_times[info.deck_id]
    upstreams.delays = Delays(0.1, 15.0, 0.0, 0.0)
    calls = [stub.CreateDeck(REQUEST) for _ in range(IN_FLIGHT)]
    for call in calls:
        await call
    await asyncio.sleep(6.0)
    running = await stub.ListDecks(pb.ListDecksRequest(page_size=100, states=[pb.STATE_RUNNING]))
    rss = orchestrator.seen.memory_info().rss / 1e6
    return {
        "wall_seconds": round(wall, 2),
        "critical_path_seconds": round(path, 2),
        "wall_over_critical_path": round(wall / path, 3),
        "first_slide_seconds": round(published, 3),
        "running_at_least": len(running.decks) + (100 if running.next_page_token else 0),
        "rss_megabytes_at_200": round(rss, 1),
    }


def main() -> int:
    """Prints the table and the JSON line."""
    figures = asyncio.run(measure())
    for name, value in figures.items():
        goal = f"   goal <= {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:<26}{value:>10g}{goal}")
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"bench": "deck", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
