from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.jobs.runner import JobRunner
from orchestrator_svc.pipeline.make_deck import make_deck
from orchestrator_svc.pipeline.run import DirectSteps, Run
from orchestrator_svc.settings import Settings
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import FINAL_STATES, DeckStore
from orchestrator_svc.store.watchers import Watchers

ID = "a" * 32


class House:
    """A store and a runner over scripted ports."""

    def __init__(self, store, genie, llm, *, time_limit=30.0):
        self.store, self.genie, self.llm = store, genie, llm
        self.settings = Settings()
        self.jobs = JobRunner(store, self._make, at_once=4, time_limit_seconds=time_limit)

    async def _make(self, deck_id, journal):
        request, number = await self.store.request_of(deck_id)
        await make_deck(
            Run(
                deck_id=deck_id,
                number=number,
                request=request,
                settings=self.settings,
                genie=self.genie,
                llm=self.llm,
                store=self.store,
                journal=journal,
                steps=DirectSteps(),
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
        return [event.WhichOneof("body") for event in await self.store.events_after(ID, 0)]


@pytest.fixture
def house(tmp_path):
    @asynccontextmanager
    async def build(genie, llm, **options):
        async with open_database(f"sqlite+aiosqlite:///{tmp_path}/app.sqlite") as engine:
            made = House(DeckStore(engine, Watchers()), genie, llm, **options)
            try:
                yield made
            finally:
                await made.jobs.close()

    return build
