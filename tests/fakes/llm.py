"""A model that answers as scripted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from aislides_runtime.errors import ServiceError
from orchestrator_svc.ports import Element, ModelUse, PlanAnswer, ToolTurn, Written

PLAN_USE = ModelUse(calls=1, input_tokens=100, output_tokens=20)
WRITE_USE = ModelUse(calls=1, input_tokens=1000, output_tokens=300)


class FakeLlm:
    """Plans and writes what was scripted, in order."""

    def __init__(
        self,
        plans: Sequence[Sequence[str] | str | ServiceError],
        decks: Sequence[Mapping[str, Any] | ServiceError] = (),
    ) -> None:
        self._plans = list(plans)
        self._decks = list(decks)
        self.planned: list[dict[str, Any]] = []
        self.written: list[dict[str, Any]] = []
        self.tenants: set[str] = set()

    async def plan(
        self,
        *,
        data: Mapping[str, Any],
        max_questions: int,
        request_id: str,
        tenant: str,
        turns: Sequence[ToolTurn] = (),
    ) -> PlanAnswer:
        """The next plan: questions, or words."""
        self.planned.append({"data": data, "request_id": request_id, "turns": list(turns)})
        self.tenants.add(tenant)
        plan = self._plans.pop(0)
        if isinstance(plan, ServiceError):
            raise plan
        if isinstance(plan, str):
            return PlanAnswer((), plan, "fake-model", PLAN_USE)
        return PlanAnswer(tuple(plan), "", "fake-model", PLAN_USE)

    async def write(
        self,
        *,
        data: Mapping[str, Any],
        schema_json: str,
        request_id: str,
        tenant: str,
        purpose: str,
    ) -> AsyncIterator[Element | Written]:
        """The next deck, slide by slide."""
        self.written.append({"data": data, "request_id": request_id, "purpose": purpose})
        self.tenants.add(tenant)
        deck = self._decks.pop(0)
        if isinstance(deck, ServiceError):
            raise deck
        slides = deck.get("slides") if isinstance(deck, Mapping) else None
        for index, slide in enumerate(slides if isinstance(slides, list) else ()):
            yield Element(index, slide)
        yield Written(deck, "fake-model", WRITE_USE)

    def assert_used_up(self) -> None:
        """Fails when a scripted answer was not asked for."""
        assert not self._plans, f"{len(self._plans)} plans left over"
        assert not self._decks, f"{len(self._decks)} decks left over"
