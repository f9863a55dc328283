"""The long crash suite: `PYTHONPATH=tests python -m chaos [--kills 50] [--seed N]` (`make chaos`).

Random kills on SQLite, a kill before and after every commit of a deck on SQLite and on PostgreSQL,
and take-overs by a second replica on PostgreSQL. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Awaitable

from chaos.child import KillAt
from chaos.replicas import House
from chaos.rounds import commit_kills, postgres, random_kills, take_overs

COMMITS = 40
"""At least the write commits of an orchestrator's start and its first deck."""


async def main(kills: int, seed: int) -> int:
    """Runs all rounds; 0 when nothing was lost, double or repeated."""
    figures: dict[str, float] = {"seed": seed}
    faults: list[str] = []

    async def play(name: str, round_: Awaitable[tuple[House, list[str]]]) -> None:
        house, found = await round_
        faults.extend(f"{name}: {fault}" for fault in found)
        figures[f"{name}_kills"] = house.kills
        figures[f"{name}_decks"] = len(house.acknowledged)
        figures[f"{name}_faults"] = len(found)
        if house.recoveries:
            figures[f"{name}_recovery_median_seconds"] = round(
                statistics.median(house.recoveries), 2
            )
            figures[f"{name}_recovery_worst_seconds"] = round(max(house.recoveries), 2)
        print(f"{name}: {house.kills} kills, {len(house.acknowledged)} decks", file=sys.stderr)

    points = [KillAt(n, after=after) for n in range(1, COMMITS + 1) for after in (False, True)]
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite+aiosqlite:///{folder}"
        await play("random", random_kills(f"{sqlite}/random.sqlite", kills=kills, seed=seed))
        await play("commits", commit_kills(f"{sqlite}/commits.sqlite", points, seed=seed))
    async with postgres() as url:
        await play("postgres_commits", commit_kills(url, points, seed=seed))
    async with postgres() as url:
        await play("postgres_take_over", take_overs(url, kills=kills, seed=seed))
    for name, value in figures.items():
        print(f"{name:<46}{value:>10g}")
    for fault in faults:
        print(f"FAULT {fault}")
    goals = {name: 0 for name in figures if name.endswith("_faults")}
    print(json.dumps({"bench": "chaos", "figures": figures, "goals": goals, "ok": not faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261121)
    asked = parser.parse_args()
    sys.exit(asyncio.run(main(asked.kills, asked.seed)))
