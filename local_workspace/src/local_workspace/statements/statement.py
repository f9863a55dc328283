"""One SQL statement from its submission to the end of its result."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from local_workspace.sandbox.errors import StatementError
from local_workspace.sandbox.result import Result


class State(StrEnum):
    """The API's states. CANCELED has one L here and two in Genie."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELED = "CANCELED"
    CLOSED = "CLOSED"


@dataclass(eq=False, slots=True)
class Statement:
    """Changes state until `finished` is set; the result goes when it expires (CLOSED)."""

    id: str
    owner: str
    text: str
    expires: float
    external: bool = False
    format: str = "JSON_ARRAY"
    state: State = State.PENDING
    error: StatementError | None = None
    result: Result | None = None
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    def finish(self, state: State) -> None:
        """Sets the end state and wakes who waits."""
        self.state = state
        self.finished.set()

    def close(self) -> None:
        """Drops the rows."""
        self.result = None
        if self.state is State.SUCCEEDED:
            self.state = State.CLOSED

    def status(self) -> dict[str, Any]:
        """The API's `status` object."""
        status: dict[str, Any] = {"state": self.state.value}
        if self.error is not None:
            status["error"] = {"error_code": self.error.error_code, "message": self.error.message}
            if self.error.sql_state:
                status["sql_state"] = self.error.sql_state
        return status
