"""What a run may still use, and what it leaves out when that gets short.

Dropped in this order, each with a remark: follow-up rounds and the separate reading of a deep deck;
the repair round; last the model as writer, for whom rules write. A decision is made inside the step
that it is about, so that a run that is taken up again decides alike. Planning is never dropped, as
without it there is no deck; questions beyond the number allowed are not asked, and are told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aislides_runtime.deadlines import current_deadline

from orchestrator_svc.pipeline.run import Run

TOKENS_A_SLIDE = 300
"""Generous: recorded answers need about 210."""
SECONDS_A_SLIDE = 3.0
PLAN_TOKENS, PLAN_SECONDS = 2_000, 5.0
ASK_SECONDS = 15.0
RULES_SECONDS = 2.0
"""What proving, drawing and keeping a deck needs when all else is done."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work is expected to need."""

    tokens: float = 0.0
    seconds: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.tokens + other.tokens, self.seconds + other.seconds)


def writing(run: Run, payload: Mapping[str, Any] | None = None) -> Cost:
    """One model answer that writes the whole deck."""
    read = len(json.dumps(payload, ensure_ascii=False)) / 4 if payload else 4_000
    slides = run.max_slides
    return Cost(read + slides * TOKENS_A_SLIDE, 1 + slides * SECONDS_A_SLIDE)


def repairing(slides: int, payload: Mapping[str, Any] | None = None) -> Cost:
    """One model answer that writes some slides anew."""
    read = len(json.dumps(payload, ensure_ascii=False)) / 4 if payload else 4_000
    return Cost(read + slides * TOKENS_A_SLIDE, 1 + slides * SECONDS_A_SLIDE)


def following_up(run: Run) -> Cost:
    """One more round of questions, with room left to write and repair."""
    return Cost(PLAN_TOKENS, PLAN_SECONDS + ASK_SECONDS) + writing(run) + repairing(3)


def reading(run: Run, payload: Mapping[str, Any]) -> Cost:
    """A deep deck's separate interpretation and narrative, with room left to write and repair."""
    once = Cost(len(json.dumps(payload, ensure_ascii=False)) / 4 + 1_000, 10.0)
    return once + once + writing(run, payload) + repairing(3, payload)


async def short_of(run: Run, cost: Cost) -> str:
    """What the request's limits leave too little of for this work; empty when it can be done."""
    limits, configured = run.request.limits, run.settings.orchestrator
    used = (await run.journal.info()).usage
    tokens = limits.tokens or configured.max_tokens
    if tokens and used.input_tokens + used.output_tokens + cost.tokens > tokens:
        return f"of {tokens:,} tokens too few are left"
    money = limits.cost_micro_usd or configured.max_cost_micro_usd
    spent = used.input_tokens + used.output_tokens
    # What a token cost so far is the best guess at what the next will cost.
    price = used.cost_micro_usd / spent if spent else 0.0
    if money and (
        used.cost_micro_usd >= money or used.cost_micro_usd + price * cost.tokens > money
    ):
        return f"of {money / 1_000_000:g} US dollars too little is left"
    # An expectation is enough to drop extras when a caller limits time; our own limit is ample.
    if limits.HasField("time") and seconds_left() < cost.seconds:
        return f"too little is left of {limits.time.ToTimedelta().total_seconds():g} seconds"
    return ""


def seconds_left() -> float:
    """Time of the job that other services may use, after what finishing a deck needs."""
    deadline = current_deadline.get()
    if deadline is None:
        return math.inf
    left = deadline.remaining()
    return max(left - RULES_SECONDS, 0.8 * left)
