"""One replica's share of a budget test: says that it is ready, waits for a line, asks for turns and
prints when it got them."""

from __future__ import annotations

import asyncio
import sys

from aislides_runtime.deadlines import Deadline
from genie_svc.adapters.clock import SystemClock
from genie_svc.adapters.database import open_database
from genie_svc.adapters.shared_budget import SharedBudget


async def main(url: str, tenant: str, turns: int, per_minute: float, burst: float) -> None:
    clock = SystemClock()
    async with open_database(url) as database:
        budget = SharedBudget(database, clock, workspace="w", per_minute=per_minute, burst=burst)

        async def turn() -> None:
            async with budget.enter(tenant, Deadline(60)) as ticket:
                while await ticket.advance() is not None:
                    pass
            print(f"{tenant} {clock.time()}", flush=True)

        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        async with asyncio.TaskGroup() as group:
            for _ in range(turns):
                group.create_task(turn())
        await budget.close()


if __name__ == "__main__":
    url, tenant, turns, per_minute, burst = sys.argv[1:]
    asyncio.run(main(url, tenant, int(turns), float(per_minute), float(burst)))
