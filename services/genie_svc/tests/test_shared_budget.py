"""The question budget that replicas share through PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from aislides_runtime.deadlines import Deadline
from genie_svc.adapters.clock import SystemClock
from genie_svc.adapters.database import open_database
from genie_svc.adapters.shared_budget import SharedBudget
from genie_svc.domain.errors import BudgetExhausted, QueueFull

pytestmark = pytest.mark.postgres
REPLICA = Path(__file__).parent / "support" / "genie_replica.py"


@pytest.fixture
async def database(postgres_url):
    async with open_database(postgres_url) as opened:
        yield opened


@pytest.fixture
async def budget(database):
    made: list[SharedBudget] = []

    def make(**changes) -> SharedBudget:
        values = {"workspace": uuid.uuid4().hex, "per_minute": 600.0, "burst": 1, **changes}
        made.append(SharedBudget(database, SystemClock(), **values))
        return made[-1]

    yield make
    for shared in made:
        await shared.close()


async def take(shared: SharedBudget, tenant: str = "t", seconds: float = 20.0) -> list:
    places = []
    async with shared.enter(tenant, Deadline(seconds)) as ticket:
        while (place := await ticket.advance()) is not None:
            places.append(place)
    return places


@pytest.mark.spawn
def test_two_processes_share_one_budget_and_take_turns(postgres_url):
    def replica(tenant: str, turns: int) -> subprocess.Popen[str]:
        arguments = [postgres_url, tenant, str(turns), "1200", "4"]
        return subprocess.Popen(
            [sys.executable, str(REPLICA), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    children = [replica("a", 30), replica("b", 30)]
    # Neither begins before both are there.
    assert [child.stdout.readline() for child in children] == ["ready\n"] * 2
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    lines = [line for child in children for line in child.communicate(timeout=40)[0].splitlines()]
    turns = sorted((float(at), tenant) for tenant, at in (line.split() for line in lines))
    assert len(turns) == 60
    seconds = turns[-1][0] - turns[0][0]
    assert seconds >= (60 - 4 - 12) / 20, "no more than the burst and the rate"
    both = [tenant for at, tenant in turns if tenant == "b"]
    first_b = next(i for i, (_, tenant) in enumerate(turns) if tenant == "b")
    overlap = [tenant for _, tenant in turns[first_b + 5 : first_b + 25]]
    assert both and abs(overlap.count("a") - overlap.count("b")) <= 12, "neither starves"


async def test_turns_come_at_the_rate_and_places_are_told(budget):
    shared = budget(per_minute=240)
    started = asyncio.get_running_loop().time()
    told = await asyncio.gather(*(take(shared) for _ in range(6)))
    assert asyncio.get_running_loop().time() - started >= 1.2
    assert max(place.ahead for places in told for place in places) >= 2


async def test_wait_beyond_the_deadline_is_refused(budget):
    shared = budget(per_minute=1)
    await take(shared)
    with pytest.raises(BudgetExhausted) as caught:
        await take(shared, seconds=5)
    assert 50 < caught.value.retry_after <= 60


async def test_line_is_bounded_and_leaving_frees_a_place(budget):
    shared = budget(per_minute=1, most_queued=1)
    await take(shared)
    async with shared.enter("t", Deadline(100)) as first:
        assert await first.advance() is not None
        with pytest.raises(QueueFull):
            await take(shared, seconds=100)
    async with shared.enter("t", Deadline(100)) as second:
        place = await second.advance()
    assert place is not None and place.ahead == 0


async def test_pause_reaches_every_replica(budget):
    workspace = uuid.uuid4().hex
    one = budget(workspace=workspace, burst=5)
    other = budget(workspace=workspace, burst=5)
    started = asyncio.get_running_loop().time()
    await one.pause(0.4)
    await take(other)
    assert asyncio.get_running_loop().time() - started >= 0.35
    await one.pause(60)
    with pytest.raises(BudgetExhausted):
        await take(other, seconds=5)


async def test_place_of_a_dead_replica_is_given_on(database, budget):
    from sqlalchemy import text

    workspace = uuid.uuid4().hex
    dead = budget(workspace=workspace, per_minute=60)
    await take(dead)

    async def left_behind(connection):
        await connection.execute(
            text(
                "INSERT INTO genie_line (workspace, tenant, tag, holder, seen_at, granted)"
                " SELECT workspace, 't', 0, 'dead', 0, 0 FROM genie_budgets WHERE workspace = :w"
            ),
            {"w": dead._us["workspace"]},
        )

    await database.alone(left_behind)
    places = await take(budget(workspace=workspace, per_minute=60))
    assert all(place.ahead == 0 for place in places)
