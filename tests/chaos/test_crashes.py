"""The short crash suite; the long one is `make chaos`."""

from __future__ import annotations

import pytest

from chaos.child import KillAt
from chaos.rounds import commit_kills, postgres, random_kills, take_overs

pytestmark = [pytest.mark.spawn, pytest.mark.timeout(180)]


async def test_random_kills_lose_double_and_repeat_nothing(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/decks.sqlite"
    house, faults = await random_kills(url, kills=3, seed=1)
    assert faults == []
    assert len(house.acknowledged) == house.asked == 6


async def test_kills_before_and_after_commits_lose_double_and_repeat_nothing(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/decks.sqlite"
    points = [
        KillAt(n, after=after) for n, after in ((1, True), (4, False), (11, True), (23, False))
    ]
    _, faults = await commit_kills(url, points, seed=2)
    assert faults == []


@pytest.mark.postgres
async def test_another_replica_takes_over_on_postgresql():
    async with postgres() as url:
        house, faults = await take_overs(url, kills=2, seed=3, within=0.1)
    assert faults == []
    assert house.recoveries
