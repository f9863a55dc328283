"""What every server puts around its handlers; one file for each concern.

Order, outermost first: errors, request_id, access_log, metrics, admission, deadline, codec.
"""

from __future__ import annotations

from collections.abc import Mapping

import grpc.aio

from aislides_runtime.interceptors.access_log import AccessLogInterceptor
from aislides_runtime.interceptors.admission import AdmissionInterceptor
from aislides_runtime.interceptors.codec import CodecInterceptor
from aislides_runtime.interceptors.deadline import DeadlineInterceptor
from aislides_runtime.interceptors.errors import ErrorsInterceptor
from aislides_runtime.interceptors.metrics import MetricsInterceptor, RpcMetrics
from aislides_runtime.interceptors.request_id import RequestIdInterceptor


def server_interceptors(
    *,
    metrics: RpcMetrics,
    max_calls: int,
    max_seconds: float,
    max_seconds_by_method: Mapping[str, float] | None = None,
) -> list[grpc.aio.ServerInterceptor]:
    """All interceptors of a server in their order."""
    return [
        ErrorsInterceptor(),
        RequestIdInterceptor(),
        AccessLogInterceptor(),
        MetricsInterceptor(metrics),
        AdmissionInterceptor(max_calls),
        DeadlineInterceptor(max_seconds, max_seconds_by_method),
        CodecInterceptor(),
    ]
