"""What all stages of one run share."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import TimeLimit
from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.ports import Genie, Llm
from orchestrator_svc.settings import Settings
from orchestrator_svc.store.decks import DeckStore


@asynccontextmanager
async def answered_within(seconds: float) -> AsyncIterator[None]:
    """Raises TimeLimit when the work inside takes longer, so that the deck can go on without it."""
    try:
        async with asyncio.timeout(None if seconds == math.inf else seconds):
            yield
    except TimeoutError as error:
        raise TimeLimit(
            f"no answer within the {seconds:.1f} s that were left; ask for fewer slides, "
            "use depth quick, or allow more time"
        ) from error


Work = Callable[[], Awaitable[dict[str, Any]]]


class Steps(Protocol):
    """Runs work that calls other services. What a step returned is JSON and is kept, so that a run
    that is taken up again does not do it again."""

    async def step(self, name: str, work: Work) -> dict[str, Any]:
        """What the work returned, now or in an earlier attempt of this run."""

    def kept(self, name: str) -> dict[str, Any] | None:
        """What is kept under the name; None when nothing is."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one deck, and what its stages work with."""

    deck_id: str
    number: int
    request: pb.CreateDeckRequest
    settings: Settings
    genie: Genie
    llm: Llm
    store: DeckStore
    journal: Journal
    steps: Steps

    def request_id(self, stage: str, index: int = 0) -> str:
        """The deterministic key of an outgoing call: the same each time the run is taken up."""
        return f"{self.deck_id}/{self.number}/{stage}/{index}"

    @property
    def max_slides(self) -> int:
        """Slides of the whole deck, cover and appendix included."""
        output = self.settings.output
        deep = self.request.depth == pb.DEPTH_DEEP
        usual = output.deep_max_slides if deep else output.default_max_slides
        return self.request.max_slides or usual

    @property
    def max_questions(self) -> int:
        """Genie questions that this deck may ask, by depth, by limit, and by room on slides."""
        by_depth = {pb.DEPTH_QUICK: 2, pb.DEPTH_DEEP: 8}.get(self.request.depth, 4)
        # Cover and appendix take a slide each; a question without a slide is a question wasted.
        by_room = max(1, self.max_slides - 3)
        configured = self.settings.orchestrator.max_genie_questions
        return max(1, min(by_depth, by_room, configured, self.question_limit))

    @property
    def question_limit(self) -> int:
        """Genie questions over all rounds, those that bring nothing included."""
        return self.request.limits.genie_questions or self.settings.orchestrator.max_genie_questions

    @property
    def follow_up_rounds(self) -> int:
        """Rounds in which questions that brought nothing may be asked in another way."""
        return {pb.DEPTH_QUICK: 0, pb.DEPTH_DEEP: 3}.get(self.request.depth, 1)
