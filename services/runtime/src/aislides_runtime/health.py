"""grpc.health.v1 over pluggable readiness checks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped]

from aislides_runtime.errors import Kind, ServiceError
from aislides_runtime.identity import here
from aislides_runtime.logs import get_logger

log = get_logger(__name__)

Check = Callable[[], Awaitable[object]]
"""Raises when the service cannot take work, for example while its database is away."""

_Check = Check
"""The same, for use inside the servicer, where `Check` is the RPC of that name."""

LIVE: Final = "live"
"""Health name that serves as long as the process turns; all other names tell readiness."""

_Status = health_pb2.HealthCheckResponse
_TIMEOUT_SECONDS = 1.0


class UnknownHealthName(ServiceError):
    """No service of that name runs here."""

    kind = Kind.NOT_FOUND
    reason = "UNKNOWN_HEALTH_NAME"
    default_message = "no service of that name runs here; ask for '' or 'live'"


class Health(health_pb2_grpc.HealthServicer):  # type: ignore[misc]
    """Answers at once from what the checks said last; tells callers no reasons.

    The names are "", "live", those of the services and those of the advisories. A drain makes all
    but "live" NOT_SERVING for good and ends the watchers, which would otherwise hold the server up.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        *,
        advisories: Mapping[str, Check] | None = None,
        interval_seconds: float = 2.0,
    ) -> None:
        self._checks = dict(checks)
        # Told under their own names only: work is taken all the same.
        self._advisories = dict(advisories or {})
        self._advised: frozenset[str] = frozenset()
        self._interval = interval_seconds
        self._identity = here()
        self._names = {""}
        self._failing: frozenset[str] = frozenset()
        self._draining = False
        self._changed = asyncio.Condition()

    @property
    def ready(self) -> bool:
        """Whether work is taken: all checks passed last time and no drain has begun."""
        return not self._failing and not self._draining

    def add_names(self, names: Iterable[str]) -> None:
        """Names under which readiness can be asked too."""
        self._names.update(names)

    @asynccontextmanager
    async def checking(self) -> AsyncIterator[None]:
        """Runs the checks now and then every interval until the block ends."""
        await self.refresh()
        any_checks = self._checks or self._advisories
        task = asyncio.create_task(self._check_on()) if any_checks else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def refresh(self) -> None:
        """Runs all checks once, side by side, each for at most a second."""
        failing = await self._failing_of(self._checks)
        advised = await self._failing_of(self._advisories)
        if advised != self._advised:
            self._advised = advised
            await self._notify()
        if failing != self._failing:
            log.warning("readiness_changed", ready=not failing, failing=sorted(failing))
            self._failing = failing
            await self._notify()

    async def _failing_of(self, checks: Mapping[str, _Check]) -> frozenset[str]:
        results = await asyncio.gather(*(self._passes(name, checks[name]) for name in checks))
        return frozenset(name for name, passed in zip(checks, results, strict=True) if not passed)

    async def drain(self) -> None:
        """Turns readiness off for good."""
        self._draining = True
        await self._notify()

    async def Check(self, request: Any, context: Any) -> Any:
        """The status of one name; its metadata tell whose service this is."""
        status = self._status(request.service)
        if status == _Status.SERVICE_UNKNOWN:
            raise UnknownHealthName
        await context.send_initial_metadata(self._identity.as_metadata())
        return _Status(status=status)

    async def List(self, request: Any, context: Any) -> Any:
        """The status of every name."""
        return health_pb2.HealthListResponse(
            statuses={
                name: _Status(status=self._status(name))
                for name in {*self._names, *self._advisories, LIVE}
            }
        )

    async def Watch(self, request: Any, context: Any) -> AsyncIterator[Any]:
        """The status of one name, now and whenever it changes, until a drain."""
        told: int | None = None
        while True:
            status = self._status(request.service)
            if status != told:
                told = status
                yield _Status(status=status)
            async with self._changed:
                # A drain may have begun while the last status was being sent: it is told too.
                if self._status(request.service) != told:
                    continue
                if self._draining:
                    return
                await self._changed.wait()

    def _status(self, name: str) -> int:
        if name == LIVE:
            status = _Status.SERVING
        elif name in self._advisories:
            told = name in self._advised or self._draining
            status = _Status.NOT_SERVING if told else _Status.SERVING
        elif name not in self._names:
            status = _Status.SERVICE_UNKNOWN
        else:
            status = _Status.SERVING if self.ready else _Status.NOT_SERVING
        return int(status)

    async def _check_on(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await self.refresh()

    async def _passes(self, name: str, check: _Check) -> bool:
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                await check()
        except Exception as error:  # noqa: BLE001 - any failure means: not ready
            log.debug("readiness_check_failed", check=name, error=repr(error))
            return False
        return True

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
