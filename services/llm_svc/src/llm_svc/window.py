"""Keeps a call inside its model's context window.

Cut order, stated: first the room for the answer shrinks, down to a quarter of what was asked and
never below 512 tokens; then the oldest turns after the prompt go, one tool exchange at a time, the
last turn never; instructions and fenced data are never cut: then the call is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from llm_svc.asking import Prepared
from llm_svc.domain.completion import Message, Role
from llm_svc.domain.errors import ContextTooLong
from llm_svc.domain.tokens import estimate, estimate_messages
from llm_svc.routing import Target
from llm_svc.structured.reader import write

LEAST_ANSWER: Final = 512


def input_tokens(call: Prepared, target: Target) -> int:
    """About how many tokens the model would read."""
    factor = target.can.token_factor
    count = estimate_messages(call.messages, call.tools, factor)
    structured = call.spec.structured
    return count + (estimate(write(structured.schema), factor) if structured else 0)


def fitted(call: Prepared, target: Target) -> tuple[Prepared, int]:
    """The call, cut as far as needed and allowed, and its input tokens. Raises ContextTooLong."""
    window = target.can.context_tokens
    floor = min(call.max_output_tokens, max(LEAST_ANSWER, call.max_output_tokens // 4))
    while True:
        read = input_tokens(call, target)
        room = window - read
        if room >= call.max_output_tokens:
            return call, read
        if room >= floor:
            return replace(call, max_output_tokens=room), read
        shorter = _without_oldest_turn(call)
        if shorter is None:
            raise ContextTooLong(
                metadata={"context_tokens": str(window), "missing_tokens": str(floor - room)}
            )
        call = shorter


def _without_oldest_turn(call: Prepared) -> Prepared | None:
    head = len(call.messages) - len(call.spec.prompt.turns if call.spec.prompt else ())
    if call.spec.prompt is None:
        head = 1 if call.messages[0].role is Role.SYSTEM else 0
    turns = list(call.messages[head:])
    cut = 1
    while cut < len(turns) and turns[cut].role is Role.TOOL:
        cut += 1
    if cut >= len(turns):
        return None
    kept: tuple[Message, ...] = (*call.messages[:head], *turns[cut:])
    return replace(call, messages=kept)
