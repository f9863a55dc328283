from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.jobs.attempt import Attempt
from orchestrator_svc.jobs.leases import open_leases
from orchestrator_svc.jobs.runner import JobRunner
from orchestrator_svc.jobs.steps import KeptSteps
from orchestrator_svc.pipeline.make_deck import make_deck
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.settings import Settings
from orchestrator_svc.store.claims import Claims
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import FINAL_STATES
from orchestrator_svc.store.watchers import Watchers

ID = "a" * 32


class House:
    """A store and a runner over scripted ports."""

    def __init__(self, database, leases, genie, llm, *, time_limit=30.0):
        store = DeckStore(database, Watchers())
        self.store, self.genie, self.llm = store, genie, llm
        self.settings = Settings()
        attempt = Attempt(store, self._make, time_limit_seconds=time_limit)
        self.jobs = JobRunner(store, Claims(database), leases, attempt, at_once=4)

    async def _make(self, claim, journal, begun):
        await make_deck(
            Run(
                deck_id=claim.deck_id,
                number=begun.run,
                request=begun.request,
                settings=self.settings,
                genie=self.genie,
                llm=self.llm,
                store=self.store,
                journal=journal,
                steps=KeptSteps(journal, begun.steps),
            )
        )

    async def make(self, question="How did delays develop?", **extra) -> pb.DeckInfo:
        await self.store.create(ID, pb.CreateDeckRequest(question=question, **extra))
        self.jobs.submit(ID)
        return await self.end()

    async def end(self) -> pb.DeckInfo:
        async with asyncio.timeout(20):
            while (info := await self.store.get(ID)).state not in FINAL_STATES:
                await asyncio.sleep(0.005)
        return info

    async def kinds(self) -> list[str]:
        return [event.WhichOneof("body") for event in (await self.store.log_after(ID, 0)).events]


@pytest.fixture
def house(tmp_path):
    @asynccontextmanager
    async def build(genie, llm, **options):
        url = f"sqlite+aiosqlite:///{tmp_path}/app.sqlite"
        async with open_database(url) as database, open_leases(database, seconds=15) as leases:
            made = House(database, leases, genie, llm, **options)
            async with made.jobs.running():
                yield made

    return build
