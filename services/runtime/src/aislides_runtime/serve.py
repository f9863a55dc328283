"""Starts a gRPC server with everything a service needs, and stops it without losing work."""

from __future__ import annotations

import asyncio
import math
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, cast

import grpc
import grpc.aio
from grpc_health.v1 import health_pb2_grpc  # type: ignore[import-untyped]
from grpc_reflection.v1alpha import reflection  # type: ignore[import-untyped]

from aislides_runtime.health import Check, Health
from aislides_runtime.interceptors import server_interceptors
from aislides_runtime.interceptors.access_log import HEALTH
from aislides_runtime.interceptors.metrics import RpcMetrics
from aislides_runtime.limits import MESSAGE_BYTES, METADATA_BYTES, shared_options
from aislides_runtime.listening import bind, dial_address
from aislides_runtime.logs import get_logger

log = get_logger(__name__)

AddServicers = Callable[[grpc.aio.Server], object]
"""Registers servicers: `lambda server: add_XServicer_to_server(servicer, server)`."""

DRAIN_SECONDS: Final = 25.0
MAX_CALL_SECONDS: Final = 300.0
MAX_CALLS: Final = 4000


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that takes calls."""

    port: int
    target: str
    """Where a client on this machine reaches it, for `open_channel`."""
    health: Health
    metrics: RpcMetrics
    draining: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when no new call is taken any more: end long streams, hand jobs back."""


@asynccontextmanager
async def running_server(
    add_servicers: AddServicers,
    *,
    listen: str = "127.0.0.1:0",
    credentials: grpc.ServerCredentials | None = None,
    insecure_ok: bool = False,
    port_setting: str = "the setting of its listen address",
    readiness: Mapping[str, Check] | None = None,
    advisories: Mapping[str, Check] | None = None,
    readiness_interval_seconds: float = 2.0,
    reflection_on: bool = False,
    metrics: RpcMetrics | None = None,
    max_calls: int = MAX_CALLS,
    max_call_seconds: float = MAX_CALL_SECONDS,
    max_call_seconds_by_method: Mapping[str, float] | None = None,
    message_bytes: int = MESSAGE_BYTES,
    metadata_bytes: int = METADATA_BYTES,
    drain_seconds: float = DRAIN_SECONDS,
    on_drain: Callable[[], Awaitable[object]] | None = None,
) -> AsyncIterator[RunningServer]:
    """A started server; leaving the block drains and stops it.

    Draining: health turns NOT_SERVING, new calls are refused, `draining` is set, `on_drain` runs,
    and calls in flight get up to `drain_seconds` before they are cancelled.

    A failing `readiness` check turns the service NOT_SERVING; a failing advisory only the health
    name of its own, such as `prompts`.

    Every handler runs inside our interceptors: errors become statuses, a call lasts at most
    `max_call_seconds` (exceptions by full method name), more than `max_calls` at a time are
    refused. Reflection is for development only. Raises PortInUse, CannotListen, PlaintextRefused.
    """
    metrics = metrics or RpcMetrics()
    server = grpc.aio.server(
        interceptors=server_interceptors(
            metrics=metrics,
            max_calls=max_calls,
            max_seconds=max_call_seconds,
            max_seconds_by_method={
                f"{HEALTH}Watch": math.inf,
                **(max_call_seconds_by_method or {}),
            },
        ),
        options=_options(message_bytes, metadata_bytes),
        # A backstop only: admission refuses earlier, with a reason, and lets health checks in.
        maximum_concurrent_rpcs=2 * max_calls + 100,
    )
    health = Health(
        readiness or {}, advisories=advisories, interval_seconds=readiness_interval_seconds
    )
    names = _register(server, add_servicers, health)
    if reflection_on:
        reflection.enable_server_reflection([*names, reflection.SERVICE_NAME], server)
    port = bind(
        server,
        listen,
        credentials=credentials,
        insecure_ok=insecure_ok,
        port_setting=port_setting,
    )
    running = RunningServer(port, dial_address(listen, port), health, metrics)
    async with health.checking():
        await server.start()
        log.info("server_started", target=running.target, services=names)
        try:
            yield running
        finally:
            await _stop(server, running, drain_seconds, on_drain)
            log.info("server_stopped", target=running.target)


async def serve_until_stopped(
    server: AbstractAsyncContextManager[RunningServer],
    *,
    on_started: Callable[[RunningServer], object] | None = None,
) -> None:
    """Runs `running_server(...)` until SIGTERM or SIGINT, then drains it and returns.

    A second signal ends the process at once.
    """
    stop = stop_signal()
    async with server as running:
        if on_started is not None:
            on_started(running)
        await stop.wait()
        log.info("server_draining", target=running.target)


def stop_signal() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets; the second such signal acts as usual.

    Call it in the main thread, inside the event loop.
    """
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    def on_signal() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, on_signal)
    return stop


async def _stop(
    server: grpc.aio.Server,
    running: RunningServer,
    drain_seconds: float,
    on_drain: Callable[[], Awaitable[object]] | None,
) -> None:
    try:
        await running.health.drain()
        running.draining.set()
        stopping = asyncio.ensure_future(server.stop(drain_seconds))
        if on_drain is not None:
            await _run_hook(on_drain, drain_seconds)
        await stopping
    except asyncio.CancelledError:
        await server.stop(0)
        raise


async def _run_hook(hook: Callable[[], Awaitable[object]], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await hook()
    except Exception:
        log.exception("drain_hook_failed")


def _options(message_bytes: int, metadata_bytes: int) -> list[tuple[str, str | int]]:
    return [
        *shared_options(message_bytes, metadata_bytes),
        # Otherwise a second process could bind the same port, and calls would go to either.
        ("grpc.so_reuseport", 0),
        ("grpc.max_concurrent_streams", 1000),
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
        ("grpc.http2.max_ping_strikes", 2),
        # Lets clients find new replicas behind a name; calls in flight go on for the grace.
        ("grpc.max_connection_age_ms", 3_600_000),
        ("grpc.max_connection_age_grace_ms", 900_000),
    ]


def _register(server: grpc.aio.Server, add_servicers: AddServicers, health: Health) -> list[str]:
    registrar = _Registrar(server)
    add_servicers(cast("grpc.aio.Server", registrar))
    health.add_names(registrar.names)
    health_pb2_grpc.add_HealthServicer_to_server(health, registrar)
    return registrar.names


class _Registrar:
    """Stands in for the server while servicers register, and notes their names."""

    def __init__(self, server: grpc.aio.Server) -> None:
        self._server = server
        self.names: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    def add_generic_rpc_handlers(self, handlers: Sequence[grpc.GenericRpcHandler]) -> None:
        for handler in handlers:
            if isinstance(handler, grpc.ServiceRpcHandler):
                self.names.append(handler.service_name())
        self._server.add_generic_rpc_handlers(handlers)
