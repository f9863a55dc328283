"""How long the pretended upstreams take, so that waiting can be tested and benchmarked honestly."""

import asyncio
import math
import random
from typing import Annotated

from aislides_runtime.settings import Section
from pydantic import Field, model_validator

Seconds = Annotated[float, Field(ge=0, le=3_600, allow_inf_nan=False)]
P99 = 2.3263478740408408


class Delay(Section):
    """A wait in seconds: fixed, or lognormal when `p99` lies above `median`."""

    median: Seconds = 0.0
    p99: Seconds | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Delay":
        if self.p99 is not None and not 0 < self.median <= self.p99:
            raise ValueError("p99 must be at least the median, and the median more than 0")
        return self

    def draw(self, dice: random.Random) -> float:
        """One wait."""
        if self.p99 is None or self.p99 == self.median:
            return self.median
        sigma = math.log(self.p99 / self.median) / P99
        return dice.lognormvariate(math.log(self.median), sigma)


class Pace(Section):
    """The waits. Zero everywhere by default: as fast as the work itself.

    `genie` is a question from asked to answered, spread over its statuses; `statement` is added
    to each SQL statement; `first_token` and `tokens_a_second` shape the chat endpoint. Equal
    seeds give equal waits in the same order of calls.
    """

    genie: Delay = Delay()
    statement: Delay = Delay()
    first_token: Delay = Delay()
    tokens_a_second: Annotated[float, Field(gt=0)] | None = None
    seed: int = 0


async def wait(seconds: float) -> None:
    """Sleeps; does nothing for zero."""
    if seconds > 0:
        await asyncio.sleep(seconds)
