"""The use case: answers a request with the first model that can, and keeps the books."""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from aislides_runtime.errors import ServiceError
from aislides_runtime.logs import get_logger

from llm_svc.asking import Prepared
from llm_svc.attempt import Attempt, RetryPolicy
from llm_svc.budgets import Budgets
from llm_svc.cache import ResponseCache
from llm_svc.domain.completion import Completed, Completion, Event, Spec, Usage
from llm_svc.domain.errors import (
    AllModelsDown,
    ContentFiltered,
    Offline,
    OutputInvalid,
    ProviderFault,
    Refused,
)
from llm_svc.fingerprint import fingerprint
from llm_svc.once import Flight, Once, failure_of, replay
from llm_svc.ports import Entry, Ledger, Outcome, Spent
from llm_svc.prepare import Preparer
from llm_svc.routing import Router, Target
from llm_svc.watch import Limits
from llm_svc.window import fitted

log = get_logger(__name__)

FINAL = (OutputInvalid, Refused, ContentFiltered)
"""Failures that cost money and that the same request would only meet again: they are recorded."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How calls are made."""

    online: bool = True
    limits: Limits = field(default_factory=Limits)
    retries: RetryPolicy = field(default_factory=RetryPolicy)


class Complete:
    """Completions, each request id at most once."""

    def __init__(
        self,
        *,
        policy: Policy,
        preparer: Preparer,
        router: Router,
        ledger: Ledger,
        budgets: Budgets,
        cache: ResponseCache,
    ) -> None:
        self._policy = policy
        self._preparer = preparer
        self._router = router
        self._ledger = ledger
        self._budgets = budgets
        self._cache = cache
        self._once = Once(ledger)

    async def stream(self, spec: Spec) -> AsyncGenerator[Event, None]:
        """The events of an answer; Completed comes last.

        Raises InvalidRequest, Offline, NoModelAllowed, AllModelsDown, ContextTooLong,
        BudgetExceeded, RequestIdReused, OutputInvalid and what the last model raised.
        """
        async with aclosing(self._run(spec, quiet=False)) as events:
            async for event in events:
                yield event

    async def whole(self, spec: Spec) -> Completion:
        """The whole answer; raises as `stream` does."""
        completion: Completion | None = None
        async with aclosing(self._run(spec, quiet=True)) as events:
            async for event in events:
                if isinstance(event, Completed):
                    completion = event.completion
        if completion is None:
            raise AssertionError("a stream ends with its completion")
        return completion

    def _run(self, spec: Spec, *, quiet: bool) -> AsyncGenerator[Event, None]:
        if not spec.request_id:
            spec = replace(spec, request_id=f"auto:{uuid.uuid4().hex}")
        return self._once.run(spec, lambda flight: self._work(spec, flight), quiet=quiet)

    async def _work(self, spec: Spec, flight: Flight) -> AsyncGenerator[Event, None]:
        call = self._preparer(spec)
        if not self._policy.online:
            raise Offline
        cached = self._cache.get(call)
        if cached is not None:
            await self._keep_cached(call, cached)
            for event in replay(cached.again(), spec):
                yield event
            return
        try:
            async with aclosing(self._fall_through(call, flight)) as events:
                async for event in events:
                    yield event
        except FINAL as error:
            await self._ledger.record([], _outcome(spec, failure=error))
            raise

    async def _fall_through(self, call: Prepared, flight: Flight) -> AsyncGenerator[Event, None]:
        """Tries the chain in order until one answers or has spoken."""
        passed: list[str] = []
        last: ProviderFault | OutputInvalid | None = None
        chain = self._router.chain(call.spec)
        for number, target in enumerate(chain):
            if not target.breaker.enter():
                passed.append(f"{target.name} is out of service")
                continue
            attempt: Attempt | None = None
            try:
                fit, read = fitted(call, target)
                most = _most(fit, read, target)
                others = len(chain) - number - 1
                attempt = self._attempt(target, fit, flight, most=most, others=others)
                async with aclosing(attempt.events("; ".join(passed))) as events:
                    async for event in events:
                        if isinstance(event, Completed):
                            await self._settled(fit, target, attempt, event.completion)
                        yield event
                return
            except (ProviderFault, OutputInvalid) as fault:
                log.warning("model_failed", model=str(target.name), reason=fault.reason)
                await self._failed(call, target, attempt, fault)
                if attempt is not None and attempt.published:
                    raise
                passed.append(f"{target.name} failed: {fault.reason}")
                last = fault
            except BaseException as error:
                await self._failed(call, target, attempt, error)
                raise
        if last is not None:
            raise last
        waits = [target.breaker.wait() for target in chain]
        raise AllModelsDown(retry_after=max(1.0, min(waits)))

    def _attempt(
        self, target: Target, call: Prepared, flight: Flight, *, most: Spent, others: int
    ) -> Attempt:
        limits = self._policy.limits
        # A silent model must leave time for those after it.
        patience = min(limits.first_byte, flight.remaining() / (others + 1))
        return Attempt(
            target,
            call,
            limits=replace(limits, first_byte=patience),
            retries=self._policy.retries,
            remaining=flight.remaining,
            reserve=lambda used: self._budgets.reserved(call.spec, most, _spent(used)),
            quiet=flight.quiet,
        )

    async def _settled(
        self, call: Prepared, target: Target, attempt: Attempt, completion: Completion
    ) -> None:
        """Records the answer before anyone sees that it is whole."""
        target.breaker.good(completion.first_token_latency)
        entry = _entry(call, target, completion.usage, attempt.latency, "ok")
        await self._ledger.record([entry], _outcome(call.spec, completion=completion))
        self._cache.put(call, completion)

    async def _failed(
        self, call: Prepared, target: Target, attempt: Attempt | None, error: BaseException
    ) -> None:
        """Tells the breaker and the ledger; also for a call that was cancelled."""
        if isinstance(error, ProviderFault) and error.counts:
            target.breaker.bad(error.retry_after)
        else:
            target.breaker.left()
        if attempt is None or attempt.usage == Usage():
            return
        reason = error.reason if isinstance(error, ServiceError) else "cancelled"
        entry = _entry(call, target, attempt.usage, attempt.latency, reason)
        await self._ledger.record([entry])

    async def _keep_cached(self, call: Prepared, cached: Completion) -> None:
        entry = Entry(
            call.spec.request_id,
            call.spec.tenant,
            call.spec.deck,
            call.spec.purpose,
            call.prompt_name,
            call.prompt_version,
            cached.provider,
            cached.model,
            Usage(),
            0.0,
            "cached",
            cached.usage.cost_micro_usd,
        )
        await self._ledger.record([entry], _outcome(call.spec, completion=cached))


def _most(call: Prepared, read: int, target: Target) -> Spent:
    """The most that one round can cost: all that is read, and every token that may be written."""
    usage = Usage(read, call.max_output_tokens)
    return Spent(target.price.of(usage), read + call.max_output_tokens)


def _spent(usage: Usage) -> Spent:
    return Spent(usage.cost_micro_usd, usage.input_tokens + usage.output_tokens)


def _entry(call: Prepared, target: Target, usage: Usage, latency: float, outcome: str) -> Entry:
    spec = call.spec
    return Entry(
        spec.request_id,
        spec.tenant,
        spec.deck,
        spec.purpose,
        call.prompt_name,
        call.prompt_version,
        target.name.provider,
        target.name.model,
        usage,
        latency,
        outcome,
    )


def _outcome(
    spec: Spec, *, completion: Completion | None = None, failure: ServiceError | None = None
) -> Outcome:
    return Outcome(
        spec.tenant,
        spec.request_id,
        fingerprint(spec),
        completion,
        failure_of(failure) if failure is not None else {},
    )
