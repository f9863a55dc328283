"""The demo deck with zero simulated delay: own CPU and wall time, in one process and warm.

Every service runs, over real gRPC and HTTP on loopback, on the embedded workspace. CPU is that of
this process without the workspace's SQL child. Figures are medians of the decks after the first.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from aislides_cli.stack import running_stack
from aislides_client import AsyncClient
from aislides_runtime.logs import configure_logging

QUESTION = "How did departure delays develop in 2013, and which airports and airlines drive them?"
DECKS = 5
GOALS = {"wall_seconds": 15.0, "html_kilobytes": 200.0, "model_calls": 2, "genie_questions": 4}


async def measure() -> dict[str, float]:
    """Figures of the decks after the first one."""
    configure_logging("ERROR", "console", "bench", stream=sys.stderr)
    root = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            **os.environ,
            "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": f"{folder}/workspace",
            "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
            "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{folder}/llm.db",
            "AISLIDES_LLM__PROMPTS_FILE": str(root / "config/prompts.yaml"),
            "AISLIDES_ORCHESTRATOR__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
        }
        environ.pop("DATABRICKS_HOST", None)
        began = time.perf_counter()
        async with running_stack(None, environ, with_gateway=False, free_ports=True) as stack:
            started = time.perf_counter() - began
            walls, cpus, deck = [], [], None
            async with AsyncClient(stack.orchestrator) as decks:
                for _ in range(DECKS):
                    wall, cpu = time.perf_counter(), time.process_time()
                    deck = await decks.generate(QUESTION)
                    walls.append(time.perf_counter() - wall)
                    cpus.append(time.process_time() - cpu)
    assert deck is not None
    usage = deck.info.usage
    return {
        "start_seconds": round(started, 3),
        "first_wall_seconds": round(walls[0], 3),
        "wall_seconds": round(statistics.median(walls[1:]), 3),
        "cpu_milliseconds": round(1000 * statistics.median(cpus[1:]), 1),
        "html_kilobytes": round(len(deck.file.content) / 1000, 1),
        "slides": deck.info.slide_count,
        "model_calls": usage.model_calls,
        "genie_questions": usage.genie_questions,
        "output_tokens": usage.output_tokens,
    }


def main() -> int:
    """Prints the table and the JSON line."""
    figures = asyncio.run(measure())
    for name, value in figures.items():
        goal = f"   goal <= {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:<22}{value:>12g}{goal}")
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"bench": "spine", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
