"""An orchestrator in a process of its own, which may kill itself before or after its n-th commit."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from dataclasses import dataclass
from typing import Any

from aislides_runtime.logs import configure_logging
from aislides_runtime.process import spare_the_collector
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.settings import OrchestratorSection, Settings
from orchestrator_svc.store.claims import Claims
from sqlalchemy.engine.default import DefaultDialect


@dataclass(frozen=True, slots=True)
class KillAt:
    """The commit of this process, from 1, at which it dies."""

    commit: int
    after: bool


def serve(section: dict[str, Any], kill_at: KillAt | None, told: Any) -> None:
    """Serves for ever. Tells `("ready", target)` and `("claimed", seconds, deck_ids)`."""
    if kill_at is not None:
        _die_at(kill_at)
    _tell_claims(told)
    configure_logging("CRITICAL", "console", "orchestrator")
    spare_the_collector()
    asyncio.run(_serve(Settings(orchestrator=OrchestratorSection(**section)), told))


async def _serve(settings: Settings, told: Any) -> None:
    async with running_orchestrator(settings) as server:
        told.send(("ready", server.target))
        await asyncio.Event().wait()


def _die_at(kill_at: KillAt) -> None:
    commits = itertools.count(1)
    commit = DefaultDialect.do_commit

    def do_commit(self: Any, connection: Any) -> None:
        number = next(commits)
        if number == kill_at.commit and not kill_at.after:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(self, connection)
        if number == kill_at.commit and kill_at.after:
            os.kill(os.getpid(), signal.SIGKILL)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


def _tell_claims(told: Any) -> None:
    take = Claims.take

    async def telling(self: Claims, executor_id: str, limit: int) -> Any:
        claims = await take(self, executor_id, limit)
        if claims:
            told.send(("claimed", time.time(), [claim.deck_id for claim in claims]))
        return claims

    Claims.take = telling  # type: ignore[method-assign]
