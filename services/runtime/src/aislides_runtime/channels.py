"""Channels to other services of ours."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable
from typing import Any, Final

import grpc
import grpc.aio

from aislides_runtime.deadlines import current_deadline
from aislides_runtime.limits import MESSAGE_BYTES, METADATA_BYTES, shared_options
from aislides_runtime.request_ids import HEADER, current_request_id

MARGIN_SECONDS: Final = 0.05
"""What a call leaves of its own caller's time, so that an answer can still be given."""


def open_channel(
    target: str,
    *,
    credentials: grpc.ChannelCredentials | None = None,
    retry_unavailable: bool = True,
    margin_seconds: float = MARGIN_SECONDS,
    message_bytes: int = MESSAGE_BYTES,
    metadata_bytes: int = METADATA_BYTES,
) -> grpc.aio.Channel:
    """A channel to `host:port`, `dns:///name:port` (all its addresses in turn) or `unix:/path`.

    Calls made while serving one carry its `x-request-id`, and end `margin_seconds` before its
    deadline unless they were given a shorter timeout. With `retry_unavailable` a call that
    answered UNAVAILABLE before its first message is made up to three times in all; switch it off
    for calls that must not be repeated. Without credentials traffic is not encrypted. Close the
    channel when done. Make it inside the event loop that uses it.
    """
    options = _options(retry_unavailable, message_bytes, metadata_bytes)
    interceptors: list[grpc.aio.ClientInterceptor] = [
        _ForUnary(margin_seconds),
        _ForStream(margin_seconds),
    ]
    if credentials is None:
        return grpc.aio.insecure_channel(target, options=options, interceptors=interceptors)
    return grpc.aio.secure_channel(target, credentials, options=options, interceptors=interceptors)


def _options(
    retry_unavailable: bool, message_bytes: int, metadata_bytes: int
) -> list[tuple[str, str | int]]:
    return [
        *shared_options(message_bytes, metadata_bytes),
        ("grpc.service_config", json.dumps(_service_config(retry_unavailable))),
        ("grpc.service_config_disable_resolution", 1),
        ("grpc.enable_retries", int(retry_unavailable)),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.max_pings_without_data", 0),
        # A replica that comes back is used within seconds, not within the default two minutes.
        ("grpc.initial_reconnect_backoff_ms", 200),
        # Despite its name how long one attempt may take: a busy server says hello late.
        ("grpc.min_reconnect_backoff_ms", 10_000),
        ("grpc.max_reconnect_backoff_ms", 5_000),
        ("grpc.dns_min_time_between_resolutions_ms", 5_000),
        # Our services are never behind the proxy that the machine uses for the internet.
        ("grpc.enable_http_proxy", 0),
    ]


def _service_config(retry_unavailable: bool) -> dict[str, Any]:
    config: dict[str, Any] = {"loadBalancingConfig": [{"round_robin": {}}]}
    if retry_unavailable:
        config["methodConfig"] = [
            {
                "name": [{}],
                "retryPolicy": {
                    "maxAttempts": 3,
                    "initialBackoff": "0.1s",
                    "maxBackoff": "1s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE"],
                },
            }
        ]
        # In an outage retries stop until about one call in ten may be one.
        config["retryThrottling"] = {"maxTokens": 10, "tokenRatio": 0.1}
    return config


class _Forwarding:
    """Adds the request id and the remaining time to an outgoing call."""

    def __init__(self, margin_seconds: float) -> None:
        self._margin = margin_seconds

    def _details(self, details: grpc.aio.ClientCallDetails) -> grpc.aio.ClientCallDetails:
        return grpc.aio.ClientCallDetails(
            details.method,
            self._timeout(details.timeout),
            _with_request_id(details.metadata),
            details.credentials,
            details.wait_for_ready,
        )

    def _timeout(self, asked: float | None) -> float | None:
        deadline = current_deadline.get()
        if deadline is None:
            return asked
        left = deadline.child(self._margin, at_most=asked).remaining()
        if left <= 0.0:
            none = grpc.aio.Metadata()
            raise grpc.aio.AioRpcError(
                grpc.StatusCode.DEADLINE_EXCEEDED, none, none, details="no time left for this call"
            )
        return left if left < math.inf else None


def _with_request_id(metadata: grpc.aio.Metadata | None) -> grpc.aio.Metadata | None:
    request_id = current_request_id.get()
    if request_id is None:
        return metadata
    forwarded = grpc.aio.Metadata(*(metadata or ()))
    if forwarded.get(HEADER) is None:
        forwarded.add(HEADER, request_id)
    return forwarded


class _ForUnary(_Forwarding, grpc.aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(
        self,
        continuation: Callable[..., Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request: Any,
    ) -> Any:
        return await continuation(self._details(client_call_details), request)


class _ForStream(_Forwarding, grpc.aio.UnaryStreamClientInterceptor):
    async def intercept_unary_stream(
        self,
        continuation: Callable[..., Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request: Any,
    ) -> Any:
        return await continuation(self._details(client_call_details), request)
