"""Finished steps are kept: a deck that is taken up again repeats none of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orchestrator_svc.pipeline.run import Work
from orchestrator_svc.store.claims import Claim
from orchestrator_svc.store.decks import DeckStore


class KeptSteps:
    """The `Steps` of one run, over the store. Steps have names, so their order is free."""

    def __init__(self, store: DeckStore, claim: Claim, run: int, kept: Mapping[str, str]) -> None:
        self._store = store
        self._claim = claim
        self._run = run
        self._kept = dict(kept)

    @classmethod
    async def of(cls, store: DeckStore, claim: Claim, run: int) -> KeptSteps:
        """The steps of a run with what earlier attempts finished."""
        return cls(store, claim, run, await store.steps(claim.deck_id, run))

    async def step(self, name: str, work: Work) -> dict[str, Any]:
        """What the work returned, now or in an earlier attempt. Raises ClaimLost."""
        if name not in self._kept:
            outcome = json.dumps(await work(), ensure_ascii=False, allow_nan=False)
            await self._store.save_step(
                self._claim.deck_id, self._run, name, outcome, claim=self._claim.number
            )
            self._kept[name] = outcome
        # Read back, so that a first attempt and a second see the very same data.
        kept: dict[str, Any] = json.loads(self._kept[name])
        return kept
