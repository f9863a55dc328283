"""ServiceError to gRPC status and back, with google.rpc details."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import grpc
import grpc.aio
from google.protobuf import any_pb2, duration_pb2
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped]

from aislides_runtime.errors import (
    DeadlineExceeded,
    FieldViolation,
    Internal,
    InvalidRequest,
    Kind,
    ServiceError,
    Unavailable,
    Unimplemented,
    service_error_in,
)

DOMAIN: Final = "aislides"
DETAILS_KEY: Final = "grpc-status-details-bin"

# A status travels in trailing metadata: past the peer's 16 KiB the caller would get
# RESOURCE_EXHAUSTED instead of the error. Bytes of text are percent-encoded, up to three each.
_MESSAGE_BYTES = 1200
_VALUE_BYTES = 300
_DETAILS_BYTES = 4000

_CODES: dict[Kind, grpc.StatusCode] = {kind: grpc.StatusCode[kind] for kind in Kind}
_KINDS: dict[grpc.StatusCode, Kind] = {code: kind for kind, code in _CODES.items()} | {
    grpc.StatusCode.OUT_OF_RANGE: Kind.INVALID_ARGUMENT
}


class RemoteError(ServiceError):
    """An error that another service answered, with that service's kind and reason."""

    def __init__(
        self,
        message: str = "",
        *,
        kind: Kind = Kind.INTERNAL,
        reason: str = "INTERNAL",
        metadata: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        field_violations: Iterable[FieldViolation] = (),
    ) -> None:
        super().__init__(
            message, metadata=metadata, retry_after=retry_after, field_violations=field_violations
        )
        self.kind = kind
        self.reason = reason


_SHARED: dict[tuple[Kind, str], type[ServiceError]] = {
    (cls.kind, cls.reason): cls
    for cls in (InvalidRequest, DeadlineExceeded, Unavailable, Unimplemented, Internal)
}


@dataclass(frozen=True, slots=True)
class RpcStatus:
    """What `ServicerContext.abort` takes: code, text, and the details as trailing metadata."""

    code: grpc.StatusCode
    message: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def code_of(kind: Kind) -> grpc.StatusCode:
    """The gRPC code of a kind."""
    return _CODES[kind]


def code_of_outcome(
    context: grpc.aio.ServicerContext[Any, Any], error: BaseException | None
) -> grpc.StatusCode:
    """The code that a served call ends with, given what its handler raised, if anything."""
    if error is None or isinstance(error, grpc.aio.AbortError):
        code = context.code()
        return code if isinstance(code, grpc.StatusCode) else grpc.StatusCode.OK
    if isinstance(error, asyncio.CancelledError):
        return grpc.StatusCode.CANCELLED
    if isinstance(error, NotImplementedError) and context.code() is not None:
        return context.code()
    known = service_error_in(error)
    return code_of(known.kind) if known is not None else grpc.StatusCode.INTERNAL


def status_of(error: ServiceError) -> RpcStatus:
    """The status for an error; long texts are cut so that it always fits into metadata."""
    code = code_of(error.kind)
    message = _cut(error.message, _MESSAGE_BYTES)
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in _details(error):
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    return RpcStatus(code, message, ((DETAILS_KEY, status.SerializeToString()),))


def error_from_rpc(error: grpc.aio.AioRpcError, *, target: str = "") -> ServiceError:
    """The error that the other side raised.

    Without our details (nobody listening, time up, a proxy's answer) a fitting shared error;
    `target` names the service in its message. Texts of foreign servers are not passed on.
    """
    status = _rich_status(error)
    if status is None:
        return _plain(error, target)
    kind = _KINDS.get(error.code(), Kind.INTERNAL)
    reason = kind.value
    metadata: dict[str, str] = {}
    retry_after: float | None = None
    violations: list[FieldViolation] = []
    for packed in status.details:
        info = error_details_pb2.ErrorInfo()
        retry = error_details_pb2.RetryInfo()
        bad = error_details_pb2.BadRequest()
        try:
            if packed.Unpack(info):
                reason, metadata = info.reason or reason, dict(info.metadata)
            elif packed.Unpack(retry):
                retry_after = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
            elif packed.Unpack(bad):
                violations = [FieldViolation(v.field, v.description) for v in bad.field_violations]
        except DecodeError:
            continue
    cls = _SHARED.get((kind, reason))
    if cls is not None:
        return cls(
            status.message, metadata=metadata, retry_after=retry_after, field_violations=violations
        )
    return RemoteError(
        status.message,
        kind=kind,
        reason=reason,
        metadata=metadata,
        retry_after=retry_after,
        field_violations=violations,
    )


def _details(error: ServiceError) -> Iterable[Message]:
    left = _DETAILS_BYTES
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN)
    for key, value in error.metadata.items():
        entry = _cut(str(value), _VALUE_BYTES)
        left -= len(key) + len(entry.encode())
        if left < 0:
            break
        info.metadata[key] = entry
    yield info
    bad = error_details_pb2.BadRequest()
    for violation in error.field_violations:
        field = _cut(violation.field, _VALUE_BYTES)
        description = _cut(violation.description, _VALUE_BYTES)
        left -= len(field.encode()) + len(description.encode())
        if left < 0:
            break
        bad.field_violations.add(field=field, description=description)
    if bad.field_violations:
        yield bad
    if error.retry_after is not None:
        delay = duration_pb2.Duration()
        delay.FromMilliseconds(max(0, round(error.retry_after * 1000)))
        yield error_details_pb2.RetryInfo(retry_delay=delay)


def _cut(text: str, limit: int) -> str:
    """The text in at most `limit` bytes of UTF-8; what does not encode becomes `?`."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= limit:
        return raw.decode()
    return raw[: limit - 3].decode("utf-8", "ignore") + "…"


def _rich_status(error: grpc.aio.AioRpcError) -> status_pb2.Status | None:
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            status = status_pb2.Status()
            try:
                status.ParseFromString(value)
            except DecodeError:
                return None
            return status if status.code == error.code().value[0] else None
    return None


def _plain(error: grpc.aio.AioRpcError, target: str) -> ServiceError:
    name = target or "the service"
    match error.code():
        case grpc.StatusCode.UNAVAILABLE:
            return Unavailable(f"{name} cannot be reached; check that it runs, then try again")
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return DeadlineExceeded(f"{name} did not answer in time; allow more time")
        case grpc.StatusCode.CANCELLED:
            return RemoteError(
                f"the call to {name} was cancelled", kind=Kind.CANCELLED, reason="CANCELLED"
            )
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return RemoteError(
                f"{name} is too busy, or a message is larger than it takes",
                kind=Kind.RESOURCE_EXHAUSTED,
                reason="RESOURCE_EXHAUSTED",
            )
        case grpc.StatusCode.UNIMPLEMENTED:
            return Unimplemented(f"{name} does not know this call; check that its version fits")
        case code:
            kind = _KINDS.get(code, Kind.INTERNAL)
            return RemoteError(
                f"{name} answered {code.name} without details", kind=kind, reason=kind.value
            )
