"""A real orchestrator over scripted upstreams, and a deck as its caller sees it."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.settings import OrchestratorSection, Settings

from fakes.scripted import scripted

QUESTION = "How did departure delays develop in 2013?"


@dataclass
class Made:
    """A deck at its end, as its caller sees it."""

    info: pb.DeckInfo
    kinds: list[str]
    seconds: float
    script: Any
    bundle: deck_pb2.DeckBundle = field(default_factory=deck_pb2.DeckBundle)
    html: str = ""

    @property
    def reason(self) -> str:
        return self.info.error.reason


@asynccontextmanager
async def serving(folder, acts, *, seconds=20.0):
    """A real orchestrator whose upstreams do as scripted."""
    async with scripted(acts) as script:
        section = OrchestratorSection(
            listen="127.0.0.1:0",
            genie_target=script.genie,
            llm_target=script.llm,
            database_url=f"sqlite+aiosqlite:///{folder}/decks.sqlite",
            deck_time_limit_seconds=seconds,
            drain_seconds=0,
        )
        async with (
            running_orchestrator(Settings(orchestrator=section)) as server,
            open_channel(server.target) as channel,
        ):
            yield DeckServiceStub(channel), script


async def end(stub, script, *, question=QUESTION, **asked) -> Made:
    """Asks for a deck and waits for its end."""
    began = time.monotonic()
    request = pb.CreateDeckRequest(question=question, **asked)
    deck_id = (await stub.CreateDeck(request)).deck.deck_id
    kinds = [
        one.event.WhichOneof("body")
        async for one in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id))
    ]
    seconds = time.monotonic() - began
    info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck
    done = Made(info, kinds, seconds, script)
    for _ in range(400):
        if not script.at_work:
            break
        await asyncio.sleep(0.025)
    assert not script.at_work, "calls upstream outlive their deck"
    if info.state == pb.STATE_SUCCEEDED:
        done.bundle = (await stub.GetRevision(pb.GetRevisionRequest(deck_id=deck_id))).bundle
        export = pb.ExportDeckRequest(deck_id=deck_id, format=pb.EXPORT_FORMAT_HTML)
        done.html = b"".join([part.chunk async for part in stub.ExportDeck(export)]).decode()
    return done
