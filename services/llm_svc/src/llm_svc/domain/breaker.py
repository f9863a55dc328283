"""Takes a failing model out of service for a while, and lets one call try whether it is back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class BreakerState(StrEnum):
    """Closed lets calls through, open none, half open one probe."""

    CLOSED = "closed"
    HALF_OPEN = "half_open"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When to open and for how long; times in seconds.

    Opens when at least `min_calls` calls ended in the last `window` seconds and the share of bad
    ones reached `bad_share`. A call that needed more than `slow` seconds to its first token is bad.
    """

    window: float = 60.0
    min_calls: int = 4
    bad_share: float = 0.5
    slow: float = 20.0
    open_for: float = 15.0


class Breaker:
    """The state of one model at one provider."""

    def __init__(self, policy: BreakerPolicy, clock: Callable[[], float]) -> None:
        self._policy = policy
        self._clock = clock
        self._ended: deque[tuple[float, bool]] = deque(maxlen=200)
        self._open_until: float | None = None
        self._probing = False

    @property
    def state(self) -> BreakerState:
        """The state now."""
        if self._open_until is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self.wait() > 0 else BreakerState.HALF_OPEN

    def wait(self) -> float:
        """Seconds until a probe is let through; 0 when calls or a probe may go now."""
        return 0.0 if self._open_until is None else max(0.0, self._open_until - self._clock())

    def enter(self) -> bool:
        """Whether a call may go now; a True must be followed by good, bad or left."""
        match self.state:
            case BreakerState.CLOSED:
                return True
            case BreakerState.HALF_OPEN if not self._probing:
                self._probing = True
                return True
            case _:
                return False

    def good(self, first_token_seconds: float) -> None:
        """A call was answered."""
        if first_token_seconds > self._policy.slow:
            self.bad()
            return
        self._probing = False
        if self._open_until is not None:
            self._open_until = None
            self._ended.clear()
        self._ended.append((self._clock(), True))

    def bad(self, retry_after: float | None = None) -> None:
        """A call failed; `retry_after` seconds is how long the provider asked to be left alone."""
        now = self._clock()
        was_probe, self._probing = self._open_until is not None, False
        self._ended.append((now, False))
        while self._ended and self._ended[0][0] < now - self._policy.window:
            self._ended.popleft()
        bad = sum(1 for _, good in self._ended if not good)
        many = len(self._ended) >= self._policy.min_calls
        if was_probe or (many and bad >= self._policy.bad_share * len(self._ended)):
            self._open_until = now + max(self._policy.open_for, retry_after or 0.0)

    def left(self) -> None:
        """A call ended without telling anything, such as a cancelled one."""
        self._probing = False
