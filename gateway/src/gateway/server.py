"""Runs the gateway inside the caller's event loop."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import uvicorn
from aislides_runtime.channels import open_channel
from aislides_runtime.listening import PortInUse
from aislides_runtime.logs import get_logger

from gateway.app import create_app
from gateway.errors import OpenToAll
from gateway.settings import ApiSection, Settings

log = get_logger(__name__)

DRAIN_SECONDS: Final = 5
POLL_SECONDS: Final = 0.005


@dataclass(frozen=True, slots=True)
class RunningGateway:
    """A gateway that answers at `url`."""

    url: str


class _Guest(uvicorn.Server):
    """Leaves the process's signal handlers to whoever runs the event loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


@asynccontextmanager
async def running_gateway(settings: Settings) -> AsyncIterator[RunningGateway]:
    """Serves until the block ends. Raises PortInUse, or OpenToAll for an address that other
    machines reach while no API key is configured."""
    api = settings.api
    _require_keys(api)
    listener = _bound(api)
    async with open_channel(api.orchestrator_target) as channel:
        app = create_app(api, channel)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
        server = _Guest(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            # uvicorn has no event to wait for.
            while not server.started and not task.done():  # noqa: ASYNC110
                await asyncio.sleep(POLL_SECONDS)
            if task.done():
                task.result()
            port = listener.getsockname()[1]
            host = f"[{api.host}]" if ":" in api.host else api.host
            log.info("gateway_started", port=port)
            yield RunningGateway(f"http://{host}:{port}")
        finally:
            server.should_exit = True
            await asyncio.shield(task)
            listener.close()


def _require_keys(api: ApiSection) -> None:
    if api.tenant_by_key() or api.allow_anonymous or _is_loopback(api.host):
        return
    raise OpenToAll(
        f"{api.host} can be reached from other machines and no API key is configured: set "
        "api.key_hashes or api.tenants, listen on 127.0.0.1, or set api.allow_anonymous"
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bound(api: ApiSection) -> socket.socket:
    family = socket.AF_INET6 if ":" in api.host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle on and each answer on a kept connection waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((api.host, api.port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"the gateway cannot listen on {api.host}:{api.port} ({error.strerror}): choose "
            "another port with api.port (API_PORT); 0 takes a free one"
        ) from error
    return listener
