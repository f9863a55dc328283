"""One model's attempt at a call: retries before the first word, repairs after the last."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from dataclasses import dataclass, replace

from aislides_runtime.errors import DeadlineExceeded
from aislides_runtime.logs import get_logger

from llm_svc.answer import Answer
from llm_svc.asking import Prepared, ask_for
from llm_svc.domain.capability import Asked
from llm_svc.domain.completion import (
    Completed,
    Completion,
    Element,
    Event,
    FinishReason,
    Message,
    RepairStarted,
    Started,
    TextDelta,
    ToolCall,
    Usage,
)
from llm_svc.domain.errors import OutputInvalid, ProviderFault, Rejected
from llm_svc.domain.tokens import estimate, estimate_messages
from llm_svc.ports import Ask
from llm_svc.routing import Target
from llm_svc.structured.repair import json_repair, tool_repair
from llm_svc.watch import Limits, watched

log = get_logger(__name__)

BYTES_PER_TOKEN = 12
"""No text averages more: an answer beyond it ignores its token limit."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Tries of one model in all, and the pauses between them in seconds (full jitter)."""

    tries: int = 2
    base: float = 0.5
    cap: float = 8.0

    def pause(self, failures: int, asked: float | None) -> float:
        """Seconds to wait after so many failures; what the provider asked for, if it did."""
        if asked is not None:
            return asked
        return random.uniform(0, min(self.cap, self.base * 2**failures))  # noqa: S311 - jitter


class Attempt:
    """Calls one model until it has answered well, or raises why it did not.

    `published` tells whether the caller has seen a word of the answer: from then on no other model
    may take over. `usage` and `latency` hold also after a failure. `reserve` makes room in the
    budgets for one more round, given what the earlier ones used; the room is held to the end. A
    quiet attempt tells no words before the answer is whole, so that it can be repeated till then.
    """

    def __init__(
        self,
        target: Target,
        call: Prepared,
        *,
        limits: Limits,
        retries: RetryPolicy,
        remaining: Callable[[], float],
        reserve: Callable[[Usage], AbstractAsyncContextManager[None]],
        quiet: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._target = target
        self._call = call
        self._limits = limits
        self._retries = retries
        self._remaining = remaining
        self._reserve = reserve
        self._quiet = quiet
        self._sleep = sleep
        self._sent: dict[int, str] = {}
        self._began = time.monotonic()
        self.published = False
        self.usage = Usage()
        self.repairs = 0
        self.first_token: float | None = None

    @property
    def latency(self) -> float:
        """Seconds since the attempt began."""
        return time.monotonic() - self._began

    async def events(self, route_reason: str = "") -> AsyncGenerator[Event, None]:
        """Started first, Completed last. Raises ProviderFault, OutputInvalid, BudgetExceeded."""
        async with AsyncExitStack() as held, aclosing(self._rounds(held, route_reason)) as events:
            async for event in events:
                yield event

    async def _rounds(self, held: AsyncExitStack, route_reason: str) -> AsyncGenerator[Event, None]:
        await held.enter_async_context(self._reserve(self.usage))
        name = self._target.name
        yield Started(name.provider, name.model)
        structured = self._call.spec.structured
        rounds = structured.max_repairs if structured is not None else 1
        messages = self._call.messages
        while True:
            answer: Answer | None = None
            async with aclosing(self._answered(messages)) as steps:
                async for step in steps:
                    if isinstance(step, Answer):
                        answer = step
                    else:
                        yield step
            if answer is None:
                raise AssertionError("a round ends with its answer")
            faults = answer.settle()
            if not faults:
                break
            if self.repairs >= rounds:
                raise OutputInvalid(faults)
            await held.enter_async_context(self._reserve(self.usage))
            self.repairs += 1
            yield RepairStarted(tuple(faults))
            messages = (*self._call.messages, *self._repair_turns(answer, faults))
        calls = answer.tool_calls()
        for call in calls:
            yield call
        yield Completed(self._completion(answer, calls, route_reason))

    async def _answered(
        self, messages: tuple[Message, ...]
    ) -> AsyncGenerator[TextDelta | Element | Answer, None]:
        """One whole answer, last of all; failures before the first word are tried again."""
        failures = 0
        while True:
            ask = self._ask(messages)
            # Plain text that was sent cannot be taken back: a repaired answer adds none to it.
            again = self.repairs > 0 and self._call.shape is None
            answer = Answer(self._call, self._sent, quiet=self._quiet or again)
            try:
                async with aclosing(self._pieces(ask, answer)) as events:
                    async for event in events:
                        yield event
                answer.check_whole()
            except Rejected as fault:
                if self.published or not self._target.learn(_asked(ask), fault.detail):
                    raise
                # Not the provider's words: they may quote the prompt.
                log.info(
                    "model_takes_less", model=str(self._target.name), takes=str(self._target.can)
                )
            except ProviderFault as fault:
                failures += 1
                pause = self._retries.pause(failures, fault.retry_after)
                if (
                    self.published
                    or not fault.retried
                    or failures >= self._retries.tries
                    or pause >= min(self._remaining(), self._limits.first_byte)
                ):
                    raise
                log.info("model_retried", model=str(self._target.name), reason=fault.reason)
                await self._sleep(pause)
            else:
                yield answer
                return

    async def _pieces(self, ask: Ask, answer: Answer) -> AsyncGenerator[TextDelta | Element, None]:
        limits = replace(
            self._limits,
            max_bytes=min(self._limits.max_bytes, 4096 + BYTES_PER_TOKEN * ask.max_output_tokens),
        )
        pieces = watched(
            self._target.provider.answer(ask),
            limits,
            remaining=self._remaining,
            streaming=ask.stream,
        )
        sent = True
        try:
            async for piece in pieces:
                if self.first_token is None:
                    self.first_token = self.latency
                for event in answer.take(piece):
                    self.published = True
                    yield event
        except Rejected:
            sent = False
            raise
        finally:
            await pieces.aclose()
            if sent:
                self.usage += self._counted(ask, answer)

    def _ask(self, messages: tuple[Message, ...]) -> Ask:
        timeout = min(self._limits.total, self._remaining())
        if timeout <= 0:
            raise DeadlineExceeded
        return ask_for(
            self._call,
            self._target.name.model,
            self._target.can,
            messages,
            timeout=timeout,
            max_bytes=self._limits.max_bytes,
        )

    def _counted(self, ask: Ask, answer: Answer) -> Usage:
        """The provider's own count, else our estimate of what was read and written."""
        usage = answer.usage
        if usage is None and answer.arrived:
            factor = self._target.can.token_factor
            usage = Usage(
                estimate_messages(ask.messages, ask.tools, factor),
                estimate(answer.written, factor),
                estimated=True,
            )
        return self._target.price.priced(replace(usage or Usage(), calls=1))

    def _repair_turns(self, answer: Answer, faults: Sequence[str]) -> Sequence[Message]:
        if self._call.shape is not None:
            return json_repair(answer.text, faults)
        return tool_repair(faults)

    def _completion(
        self, answer: Answer, calls: tuple[ToolCall, ...], route_reason: str
    ) -> Completion:
        return Completion(
            text=answer.text,
            tool_calls=calls,
            finish_reason=FinishReason.TOOL_CALLS if calls else answer.finish or FinishReason.STOP,
            provider=self._target.name.provider,
            model=self._target.name.model,
            route_reason=route_reason,
            prompt_name=self._call.prompt_name,
            prompt_version=self._call.prompt_version,
            usage=self.usage,
            repairs=self.repairs,
            latency=self.latency,
            first_token_latency=self.first_token or 0.0,
        )


def _asked(ask: Ask) -> Asked:
    return Asked(
        schema=ask.schema is not None or ask.json_object,
        temperature=ask.temperature is not None,
        seed=ask.seed is not None,
        stream=ask.stream,
        stream_usage=ask.stream_usage,
    )
