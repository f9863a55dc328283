"""Refuses a call that could cost more than is left, before anything is spent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from llm_svc.domain.completion import Spec
from llm_svc.domain.errors import BudgetExceeded
from llm_svc.ports import Ledger, Spent


class Scope(StrEnum):
    """What a cap is about; days are UTC days."""

    REQUEST = "request"
    DECK = "deck"
    TENANT_DAY = "tenant_day"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cap:
    """Most money (millionths of a US dollar) and tokens; None does not restrict."""

    micro_usd: int | None = None
    tokens: int | None = None

    @property
    def restricts(self) -> bool:
        """Whether there is a limit at all."""
        return self.micro_usd is not None or self.tokens is not None

    def allows(self, spent: Spent) -> bool:
        """Whether that much may be spent."""
        return (self.micro_usd is None or spent.micro_usd <= self.micro_usd) and (
            self.tokens is None or spent.tokens <= self.tokens
        )


@dataclass(frozen=True, slots=True)
class Caps:
    """A cap for each scope."""

    request: Cap = field(default_factory=Cap)
    deck: Cap = field(default_factory=Cap)
    tenant_day: Cap = field(default_factory=Cap)
    day: Cap = field(default_factory=Cap)


class Budgets:
    """Keeps spending under its caps, calls in flight included."""

    def __init__(self, caps: Caps, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._caps = caps
        self._ledger = ledger
        self._now = now
        self._reserved: dict[tuple[Scope, str], Spent] = {}

    @asynccontextmanager
    async def reserved(self, spec: Spec, most: Spent, so_far: Spent) -> AsyncIterator[None]:
        """Room for a round that costs at most `most`, after `so_far` for the same request.

        Raises BudgetExceeded.
        """
        self._check(Scope.REQUEST, self._caps.request, _sum(so_far, most))
        scopes = self._scopes(spec)
        kept = {key: value for key, value in scopes.items() if value[0].restricts}
        for key, (cap, tenant, deck) in kept.items():
            since = None if key[0] is Scope.DECK else self._today()
            spent = await self._ledger.spent(since=since, tenant=tenant, deck=deck)
            self._check(key[0], cap, _sum(spent, self._reserved.get(key, Spent()), most))
        for key in kept:
            self._reserved[key] = _sum(self._reserved.get(key, Spent()), most)
        try:
            yield
        finally:
            for key in kept:
                left = self._reserved[key]
                self._reserved[key] = Spent(
                    left.micro_usd - most.micro_usd, left.tokens - most.tokens
                )
                if self._reserved[key] == Spent():
                    del self._reserved[key]

    def _scopes(self, spec: Spec) -> dict[tuple[Scope, str], tuple[Cap, str, str]]:
        scopes = {
            (Scope.TENANT_DAY, spec.tenant): (self._caps.tenant_day, spec.tenant, ""),
            (Scope.DAY, ""): (self._caps.day, "", ""),
        }
        if spec.deck:
            scopes[(Scope.DECK, f"{spec.tenant}/{spec.deck}")] = (
                self._caps.deck,
                spec.tenant,
                spec.deck,
            )
        return scopes

    def _check(self, scope: Scope, cap: Cap, needed: Spent) -> None:
        if cap.allows(needed):
            return
        words = scope.value.replace("_", " and ")
        raise BudgetExceeded(
            f"the budget per {words} does not allow this call; "
            f"ask for less or raise llm.budgets.{scope}",
            metadata={
                "scope": scope.value,
                "needed_micro_usd": str(needed.micro_usd),
                "needed_tokens": str(needed.tokens),
            },
        )

    def _today(self) -> datetime:
        return self._now().replace(hour=0, minute=0, second=0, microsecond=0)


def _sum(*parts: Spent) -> Spent:
    return Spent(sum(p.micro_usd for p in parts), sum(p.tokens for p in parts))
