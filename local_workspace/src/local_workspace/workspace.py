"""Everything the workspace is made of, wired once."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import aislides_analyst

from local_workspace.background import Background
from local_workspace.external import ExternalLinks
from local_workspace.faults.book import FaultBook
from local_workspace.genie.answering import Answering
from local_workspace.genie.budget import Budget
from local_workspace.genie.service import Genie
from local_workspace.identity import Identities
from local_workspace.model_translation.translator import ModelTranslator
from local_workspace.pace import Pace
from local_workspace.ports import Analyst, Translator
from local_workspace.registry import Registry
from local_workspace.sandbox.pool import Sandbox
from local_workspace.sandbox.process import ProcessLimits
from local_workspace.settings import LocalWorkspaceSettings
from local_workspace.statements.store import Statements
from local_workspace.translate import translate as translate_by_rules

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The parts that routes use. `pace` and `dice` decide how long things take."""

    settings: LocalWorkspaceSettings
    identities: Identities
    registry: Registry
    sandbox: Sandbox
    statements: Statements
    links: ExternalLinks
    genie: Genie
    analyst: Analyst
    faults: FaultBook
    background: Background
    pace: Pace
    dice: random.Random
    now: Clock

    async def aclose(self) -> None:
        """Ends all tasks and processes."""
        await self.background.aclose()
        await self.sandbox.aclose()


def build_workspace(
    settings: LocalWorkspaceSettings,
    translator: Translator | None = None,
    analyst: Analyst | None = None,
    now: Clock = time.time,
) -> Workspace:
    """A workspace over the given settings; the arguments replace its parts in tests."""
    dice = random.Random(settings.pace.seed)  # noqa: S311 - not for secrets
    background = Background()
    limits = settings.statements
    sandbox = Sandbox(limits.workers, ProcessLimits(limits.memory_bytes, limits.threads))
    registry = Registry(settings.data_directory, settings.demo_spaces)
    statements = Statements(
        settings=limits,
        delay=settings.pace.statement,
        dice=dice,
        sandbox=sandbox,
        registry=registry,
        background=background,
        now=now,
    )

    def now_ms() -> int:
        return int(now() * 1000)

    answering = Answering(
        translate=translator or translate_by_rules,
        registry=registry,
        statements=statements,
        delay=settings.pace.genie,
        dice=dice,
        rows=settings.genie_rows,
        now_ms=now_ms,
        second=ModelTranslator(settings.translator) if settings.translator else None,
    )
    genie = Genie(
        registry=registry,
        answering=answering,
        statements=statements,
        background=background,
        budget=Budget(settings.questions_a_minute, now),
        now_ms=now_ms,
    )
    return Workspace(
        settings=settings,
        identities=Identities(settings, now),
        registry=registry,
        sandbox=sandbox,
        statements=statements,
        links=ExternalLinks(now),
        genie=genie,
        analyst=analyst or aislides_analyst,
        faults=FaultBook(settings.faults, settings.pace.seed),
        background=background,
        pace=settings.pace,
        dice=dice,
        now=now,
    )
