"""Counts calls and their durations for Prometheus."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from aislides_runtime.interceptors.wrapping import Context, WrappingInterceptor
from aislides_runtime.status import code_of_outcome

_BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


class RpcMetrics:
    """The metric families of all servers that share one registry.

    Labels come from closed sets: methods that have a handler, and the gRPC codes.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry if registry is not None else CollectorRegistry()
        self.handled = Counter(
            "aislides_rpc_handled",
            "Calls that ended, by method and gRPC code",
            ["method", "code"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "aislides_rpc_seconds",
            "Time from receiving a call to its end, in seconds",
            ["method"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "aislides_rpc_in_flight",
            "Calls being served",
            ["method"],
            registry=self.registry,
        )


class MetricsInterceptor(WrappingInterceptor):
    """Feeds RpcMetrics."""

    def __init__(self, metrics: RpcMetrics, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._metrics = metrics
        self._clock = clock

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[Context]:
        """Runs the call and counts how it ended."""
        began = self._clock()
        error: BaseException | None = None
        in_flight = self._metrics.in_flight.labels(method)
        in_flight.inc()
        try:
            yield context
        except BaseException as raised:
            error = raised
            raise
        finally:
            in_flight.dec()
            self._metrics.seconds.labels(method).observe(self._clock() - began)
            self._metrics.handled.labels(method, code_of_outcome(context, error).name).inc()
