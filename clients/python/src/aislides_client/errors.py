"""What can go wrong, as exceptions with the service's stable reason.

SlideGeneratorError        any failure; `reason`, `code`, `fields`, `retry_after`
├── DeckFailed             the job ended without a deck
└── ClarificationNeeded    the question cannot be answered as it stands; `suggestions`
"""

from __future__ import annotations

from typing import Final

import grpc
import grpc.aio
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf.message import DecodeError

from aislides_client.rich_status import RichStatus, read_rich_status

DETAILS_KEY: Final = "grpc-status-details-bin"


class SlideGeneratorError(Exception):
    """A call that failed. `reason` is stable; `str()` says what to change."""

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        code: grpc.StatusCode = grpc.StatusCode.UNKNOWN,
        fields: dict[str, str] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.code = code
        self.fields = fields or {}
        """Request fields at fault, and what each must be."""
        self.retry_after = retry_after
        """Seconds after which the same call may succeed; None when waiting does not help."""


class DeckFailed(SlideGeneratorError):
    """The job ended without a deck, or a change was not made: `info` is then the deck as before."""

    def __init__(self, info: pb.DeckInfo) -> None:
        why = info.change_error if info.HasField("change_error") else info.error
        cancelled = info.state == pb.STATE_CANCELLED or why.reason == "DECK_CANCELLED"
        super().__init__(
            why.message or "the deck was cancelled",
            reason=why.reason or "DECK_CANCELLED",
            code=grpc.StatusCode.CANCELLED if cancelled else grpc.StatusCode.FAILED_PRECONDITION,
        )
        self.info = info


class ClarificationNeeded(SlideGeneratorError):
    """The question cannot be answered as it stands. Answer with `answer(deck_id, text)`."""

    def __init__(self, info: pb.DeckInfo) -> None:
        super().__init__(
            info.clarification.text,
            reason="CLARIFICATION_NEEDED",
            code=grpc.StatusCode.FAILED_PRECONDITION,
        )
        self.info = info
        self.suggestions = list(info.clarification.suggestions)


def error_from_rpc(error: grpc.aio.AioRpcError, target: str) -> SlideGeneratorError:
    """The failure that the other side described; a fitting one when it could not."""
    status = _rich_status(error)
    code = error.code()
    if status is None:
        message = error.details() or code.name
        if code is grpc.StatusCode.UNAVAILABLE:
            message = f"no orchestrator answers at {target}: start one with 'aislides up'"
        elif code is grpc.StatusCode.DEADLINE_EXCEEDED:
            message = f"{target} did not answer in time; allow more with timeout="
        return SlideGeneratorError(message, reason=code.name, code=code)
    return SlideGeneratorError(
        status.message or code.name,
        reason=status.reason or code.name,
        code=code,
        fields=status.fields,
        retry_after=status.retry_after,
    )


def _rich_status(error: grpc.aio.AioRpcError) -> RichStatus | None:
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            try:
                return read_rich_status(value)
            except DecodeError:
                return None
    return None
