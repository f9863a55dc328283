"""What an import is at, told while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TOLD_EVERY_SECONDS: Final = 0.2
ROWS_BETWEEN: Final = 1 << 14
"""Rows read between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with a file; while rows are read, how many and which share of the file."""

    file: str
    doing: str
    rows: int = 0
    share: float = 0.0


OnStep = Callable[[Step], None]


def untold(step: Step) -> None:
    """For callers who do not ask."""


class SomeSteps:
    """Passes on each new thing that is done, and of rows as many as people can read."""

    def __init__(self, on_step: OnStep) -> None:
        self._on_step = on_step
        self._told = ("", "", 0.0)

    def __call__(self, step: Step) -> None:
        """Tells, unless the same was told a moment ago."""
        file, doing, at = self._told
        now = time.monotonic()
        if (file, doing) != (step.file, step.doing) or now - at >= TOLD_EVERY_SECONDS:
            self._told = (step.file, step.doing, now)
            self._on_step(step)
