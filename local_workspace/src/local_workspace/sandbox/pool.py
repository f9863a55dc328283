"""Runs statements in child processes: a few at a time, each killed at its deadline."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from local_workspace.sandbox.engine_errors import engine_error
from local_workspace.sandbox.errors import (
    StatementError,
    StatementFailed,
    StatementTimedOut,
    StatementTooLarge,
)
from local_workspace.sandbox.process import ChildLost, ChildProcess, ProcessLimits
from local_workspace.sandbox.result import Result

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class StatementLimits:
    """Bounds of one statement: seconds to run, rows and bytes of its result."""

    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 25 * MEBIBYTE
    chunk_rows: int = 5_000


@dataclass(slots=True)
class Sandbox:
    """At most `workers` processes in all, kept warm per database file.

    Use as an async context manager: leaving it ends every process.
    """

    workers: int = 2
    process_limits: ProcessLimits = field(default_factory=ProcessLimits)
    _idle: OrderedDict[ChildProcess, Path] = field(default_factory=OrderedDict)
    _slots: asyncio.Semaphore = field(init=False)
    _busy: int = 0
    _closed: bool = False

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.workers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    async def run(self, database: Path, sql: str, limits: StatementLimits) -> Result:
        """Runs DuckDB SQL that has passed the parse check. Raises StatementError.

        When the caller is cancelled the statement's process is killed.
        """
        async with self._slots:
            self._busy += 1
            try:
                message = await self._answer(database, sql, limits)
            finally:
                self._busy -= 1
        if kind := message.get("error"):
            raise engine_error(kind, message["message"])
        return Result.of(message, limits.chunk_rows)

    async def _answer(self, database: Path, sql: str, limits: StatementLimits) -> dict[str, Any]:
        child = await self._child(database)
        try:
            async with asyncio.timeout(limits.seconds):
                message = await child.ask(
                    {
                        "sql": sql,
                        "seconds": limits.seconds,
                        "row_limit": limits.rows,
                        "byte_limit": limits.bytes,
                        "chunk_rows": limits.chunk_rows,
                    }
                )
        except TimeoutError as error:
            await child.kill()
            raise StatementTimedOut(
                f"The statement took longer than {limits.seconds:g} seconds. SQLSTATE: 57014",
                "57014",
            ) from error
        except ChildLost as error:
            await child.kill()
            raise lost(error) from error
        except BaseException:
            await child.kill()
            raise
        await self._release(child, database)
        return message

    async def _child(self, database: Path) -> ChildProcess:
        """A warm process for this database, or a new one in the place of the longest idle."""
        for child, opened in list(self._idle.items()):
            if opened == database:
                del self._idle[child]
                if child.alive:
                    return child
                await child.kill()
        while len(self._idle) + self._busy > self.workers:
            oldest, _ = self._idle.popitem(last=False)
            await oldest.kill()
        try:
            return await ChildProcess.start(database, self.process_limits)
        except (ChildLost, TimeoutError) as error:
            raise StatementFailed(
                "The statement's process could not be started.", "58000"
            ) from error

    async def _release(self, child: ChildProcess, database: Path) -> None:
        if self._closed:
            await child.kill()
        else:
            self._idle[child] = database

    async def aclose(self) -> None:
        """Ends all idle processes; a busy one ends with its statement."""
        self._closed = True
        while self._idle:
            child, _ = self._idle.popitem()
            await child.kill()


def lost(error: ChildLost) -> StatementError:
    """A process that vanished has most likely met its memory limit."""
    if error.exit_code in {-9, -6, -11, 134, 137, 139}:
        return StatementTooLarge(
            "[OUT_OF_MEMORY] The statement used up its memory and was ended. SQLSTATE: 53200",
            "53200",
        )
    return StatementFailed("The statement's process ended without an answer.", "XX000")
