"""What the gateway itself can refuse."""

from __future__ import annotations

from aislides_runtime.errors import Kind, ServiceError


class BodyTooLarge(ServiceError):
    """The body is larger than the gateway reads."""

    kind = Kind.INVALID_ARGUMENT
    reason = "BODY_TOO_LARGE"


class KeyRequired(ServiceError):
    """The call carries no API key, or one that is not known."""

    kind = Kind.UNAUTHENTICATED
    reason = "API_KEY_REQUIRED"


class CallerNotNamed(ServiceError):
    """The proxy before us, which knows who calls, did not say it."""

    kind = Kind.UNAUTHENTICATED
    reason = "CALLER_NOT_NAMED"


class ForeignPage(ServiceError):
    """A page of another site tried to use the session of a signed-in browser."""

    kind = Kind.PERMISSION_DENIED
    reason = "FOREIGN_PAGE"


class SlowBody(ServiceError):
    """The body did not arrive in time."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "BODY_TOO_SLOW"


class OpenToAll(ServiceError):
    """Without API keys everybody who reaches the address could call."""

    kind = Kind.FAILED_PRECONDITION
    reason = "API_KEYS_MISSING"


class StillWorking(ServiceError):
    """The deck is not complete within the time that a waiting call has."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "STILL_WORKING"


class DeckEnded(ServiceError):
    """The job ended without a deck; carries the job's own reason."""

    def __init__(self, message: str, *, kind: Kind, reason: str, deck_id: str) -> None:
        super().__init__(message, metadata={"deck_id": deck_id})
        self.kind = kind
        self.reason = reason


class ClarificationNeeded(ServiceError):
    """The question cannot be answered as it stands."""

    kind = Kind.INVALID_ARGUMENT
    reason = "CLARIFICATION_NEEDED"

    def __init__(self, message: str, *, suggestions: list[str], deck_id: str) -> None:
        super().__init__(message, metadata={"deck_id": deck_id})
        self.suggestions = suggestions


class RequestInFlight(ServiceError):
    """A call with the same idempotency key is being answered."""

    kind = Kind.ALREADY_EXISTS
    reason = "REQUEST_IN_FLIGHT"

    def __init__(self, deck_id: str) -> None:
        super().__init__(
            "the deck of this Idempotency-Key is being made; repeat the call when it is done, or "
            f"watch it at /v1/decks/{deck_id}/events",
            metadata={"deck_id": deck_id},
            retry_after=5.0,
        )


class TooManyRequests(ServiceError):
    """The caller made more requests than it may."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "TOO_MANY_REQUESTS"
