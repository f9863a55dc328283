"""Finished steps are kept: a deck that is taken up again repeats none of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.pipeline.run import Work


class KeptSteps:
    """The `Steps` of one run, over the store. Steps have names, so their order is free."""

    def __init__(self, journal: Journal, kept: Mapping[str, str]) -> None:
        """`kept` is what earlier attempts finished."""
        self._journal = journal
        self._kept = dict(kept)

    async def step(self, name: str, work: Work) -> dict[str, Any]:
        """What the work returned, now or in an earlier attempt. Raises ClaimLost."""
        if name not in self._kept:
            outcome = json.dumps(await work(), ensure_ascii=False, allow_nan=False)
            await self._journal.keep_step(name, outcome)
            self._kept[name] = outcome
        # Read back, so that a first attempt and a second see the very same data.
        kept: dict[str, Any] = json.loads(self._kept[name])
        return kept

    def kept(self, name: str) -> dict[str, Any] | None:
        """What is kept under the name; None when nothing is."""
        return json.loads(self._kept[name]) if name in self._kept else None
