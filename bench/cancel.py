"""How soon a cancelled deck's calls end upstream, while many decks are at work.

One orchestrator process over scripted genie_svc and llm_svc on real gRPC. Decks are kept in flight
all the time, each replaced at its end. Simulated: planning 0.5 s, Genie 4 to 8 s a question, the
model 0.2 s a slide. Ten decks at once are cancelled, again and again. The upstreams' own log tells
when the last call of a cancelled deck ended, and whether one began after the cancel was answered.

    python bench/cancel.py
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb  # noqa: E402
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub  # noqa: E402
from aislides_runtime.channels import open_channel  # noqa: E402
from aislides_runtime.logs import configure_logging  # noqa: E402
from deck import Orchestrator  # noqa: E402

from fakes.results import delays_by_origin, monthly_delays  # noqa: E402
from fakes.scripted import Act, Always, Script, answers, plans, scripted, writes  # noqa: E402

IN_FLIGHT, AT_ONCE, ROUNDS = 50, 10, 12
GOALS = {"p99_seconds": 1.0, "calls_begun_after": 0}
RNG = random.Random(11)


def slow(act: Act, *, first: tuple[float, float], each: float = 0.0) -> Always:
    """The act, `first` seconds late, and `each` between its messages."""

    async def late(request: Any, context: Any) -> AsyncIterator[Any]:
        await asyncio.sleep(RNG.uniform(*first))
        async for part in act(request, context):
            yield part
            await asyncio.sleep(each)

    return Always(late)


async def rows(request: Any, context: Any) -> AsyncIterator[Any]:
    """The result that the question asks for."""
    result = delays_by_origin("r2") if "origin" in request.question else monthly_delays("r1")
    async for part in answers(result)(request, context):
        yield part


class Load:
    """Decks in flight, each followed by the next until told to stop."""

    def __init__(self, stub: DeckServiceStub) -> None:
        self._stub = stub
        self.in_flight: set[str] = set()
        self.stopping = False
        self.done = 0

    async def keep_one(self) -> None:
        """One deck after the other."""
        while not self.stopping:
            request = pb.CreateDeckRequest(question="How did delays develop in 2013?")
            deck_id = (await self._stub.CreateDeck(request)).deck.deck_id
            self.in_flight.add(deck_id)
            async for _ in self._stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id)):
                pass
            self.in_flight.discard(deck_id)
            self.done += 1


async def cancel(stub: DeckServiceStub, script: Script, deck_id: str) -> dict[str, float] | None:
    """Seconds until the answer and until the deck's calls upstream had ended; None when it was
    finished already."""
    asked = time.monotonic()
    state = (await stub.CancelDeck(pb.CancelDeckRequest(deck_id=deck_id))).deck.state
    answered = time.monotonic()
    if state != pb.STATE_CANCELLED:
        return None
    spans = []
    while time.monotonic() < answered + 1.5 or any(span.ended is None for span in spans):
        await asyncio.sleep(0.05)
        spans = [span for span in script.spans if span.request_id.startswith(deck_id)]
    ended = [span.ended for span in spans if span.ended is not None and span.ended > asked]
    return {
        "answered": answered - asked,
        "quiet": max(ended) - asked if ended else 0.0,
        "had_calls": float(bool(ended)),
        "begun_after": sum(span.began > answered for span in spans),
    }


async def measure() -> dict[str, float]:
    """All figures."""
    configure_logging("ERROR", "console", "bench", stream=sys.stderr)
    acts = {
        "plan": [slow(plans("delays by month", "delays by origin"), first=(0.5, 0.5))],
        "ask": [slow(rows, first=(4.0, 8.0))],
        "write": [slow(writes(), first=(0.5, 0.5), each=0.2)],
        "repair": [slow(writes(), first=(0.5, 0.5), each=0.2)],
    }
    seen: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with scripted(acts) as script:
            orchestrator = Orchestrator(script, folder)
            try:
                async with open_channel(await orchestrator.target()) as channel:
                    stub = DeckServiceStub(channel)
                    load = Load(stub)
                    keeping = [asyncio.create_task(load.keep_one()) for _ in range(IN_FLIGHT)]
                    await asyncio.sleep(8.0)
                    cpu, began = orchestrator.cpu(), time.monotonic()
                    for _ in range(ROUNDS):
                        chosen = RNG.sample(sorted(load.in_flight), AT_ONCE)
                        found = await asyncio.gather(*(cancel(stub, script, one) for one in chosen))
                        seen += [one for one in found if one is not None]
                    share = (orchestrator.cpu() - cpu) / (time.monotonic() - began)
                    load.stopping = True
                    for task in keeping:
                        task.cancel()
                    await asyncio.gather(*keeping, return_exceptions=True)
            finally:
                orchestrator.stop()
    busy = sorted(one["quiet"] for one in seen if one["had_calls"])
    return {
        "cancelled": len(seen),
        "with_calls_upstream": len(busy),
        "p50_seconds": round(busy[len(busy) // 2], 3),
        "p99_seconds": round(busy[min(len(busy) - 1, int(len(busy) * 0.99))], 3),
        "most_seconds": round(busy[-1], 3),
        "answered_p99_seconds": round(
            sorted(one["answered"] for one in seen)[int(len(seen) * 0.99) - 1], 3
        ),
        "calls_begun_after": int(sum(one["begun_after"] for one in seen)),
        "decks_in_flight": IN_FLIGHT,
        "decks_ended": load.done,
        "cpu_share_of_a_core": round(share, 2),
    }


def main() -> int:
    """Prints the table and the JSON line."""
    figures = asyncio.run(measure())
    for name, value in figures.items():
        goal = f"   goal <= {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:<24}{value:>10g}{goal}")
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"bench": "cancel", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
