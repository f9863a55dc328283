"""How much time is left for the work at hand, hop by hop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aislides_runtime.errors import DeadlineExceeded

Clock = Callable[[], float]


class Deadline:
    """A moment, in seconds from now on a monotonic clock, after which work is pointless.

    `math.inf` seconds means that there is no limit.
    """

    __slots__ = ("_at", "_clock")

    def __init__(self, seconds: float, *, clock: Clock = time.monotonic) -> None:
        if math.isnan(seconds):
            raise ValueError("a deadline needs a number of seconds")
        self._clock = clock
        self._at = clock() + seconds

    def remaining(self) -> float:
        """Seconds left, never below 0; `math.inf` without a limit."""
        return max(0.0, self._at - self._clock())

    @property
    def expired(self) -> bool:
        """Whether no time is left."""
        return self.remaining() <= 0.0

    def child(self, margin_seconds: float = 0.0, *, at_most: float | None = None) -> Deadline:
        """The deadline to hand to a call made for this one.

        It ends `margin_seconds` earlier, so that the caller can still answer, and not later than
        `at_most` seconds from now.
        """
        seconds = self._at - self._clock() - margin_seconds
        if at_most is not None:
            seconds = min(seconds, at_most)
        return Deadline(seconds, clock=self._clock)

    def check(self) -> None:
        """Raises DeadlineExceeded when no time is left."""
        if self.expired:
            raise DeadlineExceeded

    def __repr__(self) -> str:
        return f"Deadline(remaining={self.remaining():.3f})"


current_deadline: ContextVar[Deadline | None] = ContextVar("current_deadline", default=None)
"""The deadline of the call being served; None outside a call.

A task started from a handler inherits it: work that outlives its call runs in `use_deadline`.
"""


@contextmanager
def use_deadline(deadline: Deadline | None) -> Iterator[None]:
    """Work inside the block, and the calls it makes, have this deadline; None: no limit."""
    token = current_deadline.set(deadline)
    try:
        yield
    finally:
        current_deadline.reset(token)
