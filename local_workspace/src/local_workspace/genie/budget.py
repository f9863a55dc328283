"""The budget of questions that a workspace shares over all its spaces."""

import math
from collections import deque
from collections.abc import Callable

from local_workspace.api_errors import ApiError

MINUTE = 60.0


class Budget:
    """So many asking POSTs in any sixty seconds; None for no limit."""

    def __init__(self, questions_a_minute: int | None, now: Callable[[], float]) -> None:
        self.questions_a_minute = questions_a_minute
        self._now = now
        self._asked: deque[float] = deque()

    def spend(self) -> None:
        """Counts one question. Raises ApiError 429 when the minute is used up."""
        if self.questions_a_minute is None:
            return
        now = self._now()
        while self._asked and self._asked[0] <= now - MINUTE:
            self._asked.popleft()
        if len(self._asked) >= self.questions_a_minute:
            raise ApiError(
                429,
                "RESOURCE_EXHAUSTED",
                "Genie question limit for this workspace was reached. Try again shortly.",
                retry_after=math.ceil(self._asked[0] + MINUTE - now),
            )
        self._asked.append(now)
