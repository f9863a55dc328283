"""The parent's handle on one child process: start it, send a statement, kill it."""

import asyncio
import contextlib
import json
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

START_SECONDS = 30.0
CHILD = "local_workspace.sandbox.child"


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one child may use: address space in bytes, engine threads."""

    memory_bytes: int = 2 * 2**30
    threads: int = 2


class ChildLost(Exception):
    """The process ended without an answer. `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the statement process ended with {exit_code}")
        self.exit_code = exit_code


class ChildProcess:
    """One process over one database file; runs one statement at a time."""

    def __init__(
        self, process: asyncio.subprocess.Process, folder: tempfile.TemporaryDirectory[str]
    ) -> None:
        self._process = process
        self._folder = folder

    @classmethod
    async def start(cls, database: Path, limits: ProcessLimits) -> Self:
        """Starts a child and waits until it has opened the database. Raises ChildLost."""
        folder = tempfile.TemporaryDirectory(prefix="aislides-sql-")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-m",
            CHILD,
            str(database),
            str(limits.memory_bytes),
            str(limits.threads),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=folder.name,
            # Nothing of ours: the environment holds tokens.
            env={"LC_ALL": "C.UTF-8", "HOME": folder.name},
        )
        child = cls(process, folder)
        try:
            async with asyncio.timeout(START_SECONDS):
                await child._read()
        except BaseException:
            await child.kill()
            raise
        return child

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The child's answer. Raises ChildLost; the caller sets the deadline."""
        assert self._process.stdin is not None
        body = json.dumps(request).encode()
        try:
            self._process.stdin.write(struct.pack(">I", len(body)) + body)
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise ChildLost(await self._process.wait()) from error
        return await self._read()

    async def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        try:
            head = await self._process.stdout.readexactly(4)
            body = await self._process.stdout.readexactly(struct.unpack(">I", head)[0])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ChildLost(await self._process.wait()) from error
        message: dict[str, Any] = json.loads(body)
        return message

    async def kill(self) -> None:
        """Ends the process now, whatever it does, and waits until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await asyncio.shield(self._process.wait())
        self._folder.cleanup()
