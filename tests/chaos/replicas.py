"""Starts, kills and restarts orchestrators, and sees to it that decks are asked for meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import random
import time
from dataclasses import dataclass, field
from typing import Any

import grpc.aio
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel

from chaos.child import KillAt, serve
from chaos.upstreams import Upstreams

# A server that has imported everything forks a new orchestrator in a twentieth of a second.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["chaos.child"])
FINAL = {pb.STATE_SUCCEEDED, pb.STATE_FAILED, pb.STATE_CANCELLED, pb.STATE_NEEDS_CLARIFICATION}


@dataclass(slots=True)
class Replica:
    """One orchestrator process."""

    process: Any
    told: Any
    target: str = ""
    killed_at: float = 0.0

    @property
    def alive(self) -> bool:
        return bool(self.process.is_alive())


@dataclass(slots=True)
class House:
    """All replicas over one database, and what their callers were told."""

    url: str
    upstreams: Upstreams
    random: random.Random
    replicas: list[Replica] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    kills: int = 0
    recoveries: list[float] = field(default_factory=list)
    _waiting: float | None = None

    async def start(self, kill_at: KillAt | None = None) -> Replica:
        """A new replica, serving; or dead already when it was to die that early."""
        section = {
            "listen": "127.0.0.1:0",
            "genie_target": self.upstreams.genie,
            "llm_target": self.upstreams.llm,
            "database_url": self.url,
            "lease_seconds": 1,
            "max_attempts": 1000,
        }
        ours, theirs = FORKS.Pipe()
        process = FORKS.Process(target=serve, args=(section, kill_at, theirs), daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        replica = Replica(process, ours)
        self.replicas.append(replica)
        while replica.alive and not replica.target:
            self.listen()
            await asyncio.sleep(0.005)
        return replica

    def listen(self) -> None:
        """Takes in what the replicas told."""
        for replica in self.replicas:
            with contextlib.suppress(EOFError, OSError):
                while replica.told.poll():
                    message = replica.told.recv()
                    if message[0] == "ready":
                        replica.target = message[1]
                    elif self._waiting is not None and message[1] > self._waiting:
                        self.recoveries.append(message[1] - self._waiting)
                        self._waiting = None

    async def kill(self, replica: Replica) -> None:
        """SIGKILL, unless it is dead already; notes the time."""
        self.listen()
        if replica.alive:
            replica.process.kill()
        await asyncio.to_thread(replica.process.join)
        self.kills += 1
        self._waiting = time.time()
        self.replicas.remove(replica)

    async def ask(self, replica: Replica, decks: int) -> None:
        """Asks for decks under new keys; a caller who got no answer asks again later."""
        keys = [f"key{self.asked + number}" for number in range(decks)]
        self.asked += decks
        with contextlib.suppress(grpc.aio.AioRpcError):
            async with open_channel(replica.target, retry_unavailable=False) as channel:
                await asyncio.gather(*(self._ask(DeckServiceStub(channel), key) for key in keys))

    async def _ask(self, stub: DeckServiceStub, key: str) -> None:
        request = pb.CreateDeckRequest(question="How did delays develop?", request_id=key)
        response = await stub.CreateDeck(request, timeout=20)
        before = self.acknowledged.setdefault(key, response.deck.deck_id)
        assert before == response.deck.deck_id, f"{key} made two decks"

    async def settle(self, replica: Replica, seconds: float = 60.0) -> None:
        """Every key asked for is asked once more, and all decks are waited for."""
        async with asyncio.timeout(seconds), open_channel(replica.target) as channel:
            stub = DeckServiceStub(channel)
            for number in range(self.asked):
                await self._ask(stub, f"key{number}")
            for deck_id in self.acknowledged.values():
                while True:
                    got = await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id), timeout=20)
                    if got.deck.state in FINAL:
                        break
                    await asyncio.sleep(0.05)
        self.listen()

    async def stop(self) -> None:
        """Ends what is left."""
        for replica in list(self.replicas):
            replica.process.kill()
            await asyncio.to_thread(replica.process.join)
            replica.told.close()
