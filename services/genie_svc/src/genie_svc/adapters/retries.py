"""When a read is tried again."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Attempts in all, and the growing spread in seconds from which waits are drawn."""

    attempts: int = 3
    first_wait_seconds: float = 0.5
    most_wait_seconds: float = 8.0
    most_retry_after_seconds: float = 30.0

    def wait(self, attempt: int, retry_after: float | None) -> float | None:
        """Seconds to wait after failed attempt number `attempt` (from 1), or None to stop.

        What the server asks for in Retry-After is the least; beyond the most that we wait, the
        caller shall decide.
        """
        if attempt >= self.attempts:
            return None
        spread = min(self.most_wait_seconds, self.first_wait_seconds * 2 ** (attempt - 1))
        jitter = random.uniform(0, spread)  # noqa: S311 - spreads load, guards nothing
        if retry_after is None:
            return jitter
        return retry_after + jitter if retry_after <= self.most_retry_after_seconds else None


class RetryBudget:
    """Retries may be a tenth of all requests, with a small reserve: an outage is not amplified."""

    def __init__(self, *, share: float = 0.1, reserve: float = 10.0) -> None:
        self._share = share
        self._most = reserve
        self._left = reserve

    def request(self) -> None:
        """Counts a first attempt."""
        self._left = min(self._most, self._left + self._share)

    def take(self) -> bool:
        """Whether one more retry is within the budget; counts it if so."""
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
