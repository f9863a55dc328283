"""Runs the workspace: for good, or inside the caller's event loop."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn

from local_workspace.app import create_app
from local_workspace.ports import Analyst, Translator
from local_workspace.settings import AddressInUse, LocalWorkspaceSettings
from local_workspace.workspace import Clock, Workspace

DRAIN_SECONDS = 2
KEEP_ALIVE_SECONDS = 75  # longer than a client polls apart: a closed connection loses a POST
POLL_SECONDS = 0.005
TICK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class RunningWorkspace:
    """A workspace that answers at `host` (an address with scheme and port) to `token`.

    `token` is None when only the users of the settings may come in.
    """

    host: str
    token: str | None
    workspace: Workspace


class GuestServer(uvicorn.Server):
    """A server inside someone else's event loop: it takes no signals and stops when told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ends `serve` at once; uvicorn itself looks ten times a second only."""
        self.should_exit = True
        self._stopping.set()

    async def main_loop(self) -> None:
        """Keeps the Date header fresh, once a second, until told to stop."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK_SECONDS):
                    await self._stopping.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


@asynccontextmanager
async def running_workspace(
    settings: LocalWorkspaceSettings,
    *,
    translator: Translator | None = None,
    analyst: Analyst | None = None,
    now: Clock = time.time,
) -> AsyncIterator[RunningWorkspace]:
    """Serves in the current event loop until the block ends; port 0 takes a free one.

    Raises AddressInUse.
    """
    app = create_app(settings, translator=translator, analyst=analyst, now=now)
    workspace: Workspace = app.state.workspace
    listener = bound_socket(settings.host, settings.port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    server = GuestServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        # uvicorn has no event to wait for.
        while not server.started and not task.done():  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
        if task.done():
            task.result()
            raise RuntimeError("the local workspace ended while it started")
        port = listener.getsockname()[1]
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        yield RunningWorkspace(f"http://{shown}:{port}", workspace.identities.token, workspace)
    finally:
        server.stop()
        await asyncio.shield(task)
        listener.close()


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening address. Raises AddressInUse."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle on and each answer on a kept connection waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressInUse(
            f"The local workspace cannot listen on {host}:{port}: {error.strerror}. Choose another "
            "with local_workspace.port (AISLIDES_LOCAL_WORKSPACE__PORT); 0 takes a free one."
        ) from error
    return listener
