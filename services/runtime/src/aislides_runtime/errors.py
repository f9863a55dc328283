"""What can go wrong, in words every service shares. Imports no transport.

    ServiceError              root; `kind`, `reason`, `message` and data for the caller
    ├── InvalidRequest        the caller must change the request
    ├── DeadlineExceeded      time is up
    ├── Unavailable           try again later; nothing was done
    ├── Unimplemented         not offered by this version
    ├── Internal              our fault; the message never says more than an error id
    └── status.RemoteError    any of these, received from another service

Services add subclasses with their own `reason` next to their domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final


class Kind(StrEnum):
    """The kind of failure; decides the gRPC code and the HTTP status."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FAILED_PRECONDITION = "FAILED_PRECONDITION"
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
    ABORTED = "ABORTED"
    CANCELLED = "CANCELLED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    UNAVAILABLE = "UNAVAILABLE"
    UNIMPLEMENTED = "UNIMPLEMENTED"
    INTERNAL = "INTERNAL"


HTTP_STATUS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.INVALID_ARGUMENT: 400,
        Kind.NOT_FOUND: 404,
        Kind.ALREADY_EXISTS: 409,
        Kind.PERMISSION_DENIED: 403,
        Kind.UNAUTHENTICATED: 401,
        Kind.FAILED_PRECONDITION: 409,
        Kind.RESOURCE_EXHAUSTED: 429,
        Kind.ABORTED: 409,
        Kind.CANCELLED: 499,
        Kind.DEADLINE_EXCEEDED: 504,
        Kind.UNAVAILABLE: 503,
        Kind.UNIMPLEMENTED: 501,
        Kind.INTERNAL: 500,
    }
)
"""The HTTP status that a REST edge answers for each kind."""


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field of a request that must change: its path, and what would be accepted."""

    field: str
    description: str


class ServiceError(Exception):
    """Root of every failure that a caller may see.

    `reason` is stable API in UPPER_SNAKE: never rename one. `message` is shown to callers, so it
    says what to change and holds no secret. `retry_after` is in seconds, None when waiting does
    not help.
    """

    kind: Kind = Kind.INTERNAL
    reason: str = "INTERNAL"
    default_message: ClassVar[str] = "the request failed"

    def __init__(
        self,
        message: str = "",
        *,
        metadata: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        field_violations: Iterable[FieldViolation] = (),
    ) -> None:
        self.message = message or self.default_message
        self.metadata: dict[str, str] = dict(metadata or {})
        self.retry_after = retry_after
        self.field_violations: list[FieldViolation] = list(field_violations)
        super().__init__(self.message)

    @property
    def http_status(self) -> int:
        """The HTTP status for this kind of failure."""
        return HTTP_STATUS[self.kind]


class InvalidRequest(ServiceError):
    """The request can never succeed as it is; `field_violations` name what must change."""

    kind = Kind.INVALID_ARGUMENT
    reason = "INVALID_REQUEST"
    default_message = "the request is not valid"


class DeadlineExceeded(ServiceError):
    """The time that the caller or the server allows was used up."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "DEADLINE_EXCEEDED"
    default_message = "the time allowed for this request is used up; allow more time"


class Unavailable(ServiceError):
    """A service cannot be reached or takes no work now; the same request may succeed later."""

    kind = Kind.UNAVAILABLE
    reason = "SERVICE_UNAVAILABLE"
    default_message = "the service takes no requests now; try again shortly"


class Unimplemented(ServiceError):
    """The contract knows the call, this version of the service does not."""

    kind = Kind.UNIMPLEMENTED
    reason = "UNIMPLEMENTED"
    default_message = "the service does not know this call; check that its version fits"


class Internal(ServiceError):
    """A fault of ours. Only the error id, found in the log with the traceback, is told."""

    kind = Kind.INTERNAL
    reason = "INTERNAL"
    default_message = "something went wrong on our side"

    @classmethod
    def with_id(cls, error_id: str) -> Internal:
        """An internal error that tells the caller nothing but the id to report."""
        return cls(
            f"something went wrong on our side; report error id {error_id}",
            metadata={"error_id": error_id},
        )


def service_error_in(error: BaseException) -> ServiceError | None:
    """The ServiceError that this is, or the first of a group that holds nothing else."""
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, BaseExceptionGroup):
        inner = [service_error_in(part) for part in error.exceptions]
        return inner[0] if all(inner) else None
    return None
