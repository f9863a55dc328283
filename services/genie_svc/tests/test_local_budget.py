"""The question budget within one process, by a clock that the test moves."""

from __future__ import annotations

import asyncio

import pytest
from aislides_runtime.deadlines import Deadline
from genie_clock import HandClock, settle
from genie_svc.adapters.local_budget import LocalBudget, Unlimited
from genie_svc.domain.errors import BudgetExhausted, QueueFull


class Line:
    """Asks for turns and notes who got one, and what everybody was told."""

    def __init__(self, budget, clock):
        self.budget, self.clock = budget, clock
        self.served: list[str] = []
        self.told: dict[str, list[tuple[int, float]]] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def join(self, name: str, tenant: str = "t", seconds: float = 1e6) -> None:
        self.tasks[name] = asyncio.create_task(self._turn(name, tenant, seconds))
        await settle()

    async def _turn(self, name, tenant, seconds):
        deadline = Deadline(seconds, clock=self.clock.monotonic)
        async with self.budget.enter(tenant, deadline) as ticket:
            while (place := await ticket.advance()) is not None:
                self.told.setdefault(name, []).append((place.ahead, round(place.expected_wait, 1)))
        self.served.append(name)


@pytest.fixture
def clock():
    return HandClock()


async def test_five_go_at_once_then_one_every_twelve_seconds(clock):
    line = Line(LocalBudget(clock, per_minute=5), clock)
    for number in range(8):
        await line.join(f"q{number}")
    assert line.served == ["q0", "q1", "q2", "q3", "q4"]
    assert line.told["q6"] == [(1, 24.0)]
    await clock.advance(11.9)
    assert len(line.served) == 5
    await clock.advance(0.2)
    assert line.served[5:] == ["q5"] and line.told["q6"][-1] == (0, 12.0)
    await clock.advance(24)
    assert line.served[5:] == ["q5", "q6", "q7"]


async def test_tenants_take_turns_whoever_came_first(clock):
    line = Line(LocalBudget(clock, per_minute=60, burst=1), clock)
    for number in range(50):
        await line.join(f"big{number}", "big")
    await line.join("small0", "small")
    await line.join("small1", "small")
    await clock.advance(4)
    assert line.served[1:] == ["big1", "small0", "big2", "small1"]
    await clock.advance(60)
    assert len(line.served) == 52


async def test_weights_give_a_tenant_more_turns(clock):
    line = Line(LocalBudget(clock, per_minute=60, burst=1, weights={"gold": 3}), clock)
    await line.join("first", "other")
    for number in range(12):
        await line.join(f"gold{number}", "gold")
        await line.join(f"plain{number}", "plain")
    await clock.advance(12)
    assert sum(name.startswith("gold") for name in line.served) == 9


async def test_wait_beyond_the_deadline_is_refused_at_once_and_says_how_long(clock):
    line = Line(LocalBudget(clock, per_minute=5, burst=1), clock)
    for number in range(4):
        await line.join(f"q{number}")
    await line.join("late", seconds=30)
    with pytest.raises(BudgetExhausted) as caught:
        await line.tasks["late"]
    assert caught.value.retry_after == pytest.approx(48.0)


async def test_refusal_comes_as_soon_as_others_push_the_wait_beyond_the_deadline(clock):
    line = Line(LocalBudget(clock, per_minute=5, burst=1), clock)
    await line.join("served", "a")
    await line.join("a1", "a")
    await line.join("a2", "a", seconds=30)
    assert not line.tasks["a2"].done()
    await line.join("b1", "b")
    with pytest.raises(BudgetExhausted):
        await line.tasks["a2"]


async def test_line_is_bounded(clock):
    line = Line(LocalBudget(clock, per_minute=5, burst=1, most_queued=2), clock)
    for number in range(4):
        await line.join(f"q{number}")
    with pytest.raises(QueueFull):
        await line.tasks["q3"]


async def test_caller_that_leaves_gives_its_place_up(clock):
    line = Line(LocalBudget(clock, per_minute=5, burst=1), clock)
    for number in range(3):
        await line.join(f"q{number}")
    line.tasks["q1"].cancel()
    await clock.advance(12)
    assert line.served == ["q0", "q2"]


@pytest.mark.parametrize("make", [Unlimited, lambda clock: LocalBudget(clock, per_minute=5)])
async def test_pause_of_the_workspace_holds_everybody(clock, make):
    budget = make(clock)
    line = Line(budget, clock)
    await budget.pause(30)
    await line.join("q0")
    await clock.advance(29)
    assert line.served == []
    await clock.advance(1.1)
    assert line.served == ["q0"]
    await budget.pause(60)
    await line.join("hurried", seconds=5)
    with pytest.raises(BudgetExhausted):
        await line.tasks["hurried"]
