"""What can go wrong with a deck. Each `reason` is stable API.

ServiceError
├── DeckNotFound, RevisionNotFound
├── RequestIdReused            the same key with another body
├── QueueFull                  too many decks wait
├── AtWork                     the deck is being made
├── NotFinished                the deck has nothing to show yet
├── AnswerUnusable         a model's answer is not of the form that was asked for
├── FormatNotAvailable         this installation cannot make that file
└── DeckFailed                 why a job ended without a deck; kept with the deck
"""

from __future__ import annotations

from collections.abc import Mapping

from aislides_runtime.errors import Kind, ServiceError


class DeckNotFound(ServiceError):
    """No deck has this id, or it belongs to somebody else."""

    kind = Kind.NOT_FOUND
    reason = "DECK_NOT_FOUND"


class RevisionNotFound(ServiceError):
    """The deck has no such revision."""

    kind = Kind.NOT_FOUND
    reason = "REVISION_NOT_FOUND"


class SlideNotFound(ServiceError):
    """The deck has no such slide, or not yet."""

    kind = Kind.NOT_FOUND
    reason = "SLIDE_NOT_FOUND"


class RequestIdReused(ServiceError):
    """The idempotency key was used for another request before."""

    kind = Kind.ALREADY_EXISTS
    reason = "REQUEST_ID_REUSED"


class QueueFull(ServiceError):
    """Too many decks wait already."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "DECK_QUEUE_FULL"


class GivenUp(ServiceError):
    """Work on the deck was cut off too often without getting on."""

    kind = Kind.ABORTED
    reason = "DECK_GIVEN_UP"


class AtWork(ServiceError):
    """The deck is being made, so it cannot be changed now."""

    kind = Kind.FAILED_PRECONDITION
    reason = "DECK_AT_WORK"


class NotCurrent(ServiceError):
    """The change is based on a revision that is not the current one."""

    kind = Kind.ABORTED
    reason = "REVISION_NOT_CURRENT"


class NotUnderstood(ServiceError):
    """The instruction changes nothing, or asks for what cannot be done with the deck's data."""

    kind = Kind.FAILED_PRECONDITION
    reason = "INSTRUCTION_NOT_UNDERSTOOD"


class NotFinished(ServiceError):
    """The deck is not complete, so there is nothing to show yet."""

    kind = Kind.FAILED_PRECONDITION
    reason = "DECK_NOT_FINISHED"


class AnswerUnusable(ServiceError):
    """A model's answer is not what it was asked for, or no answer at all."""

    kind = Kind.INTERNAL
    reason = "MODEL_ANSWER_UNUSABLE"


class FormatNotAvailable(ServiceError):
    """Files of this format cannot be made here."""

    kind = Kind.UNIMPLEMENTED
    reason = "EXPORT_FORMAT_NOT_AVAILABLE"


class NoRows(ServiceError):
    """Every query succeeded and none returned a row."""

    kind = Kind.FAILED_PRECONDITION
    reason = "NO_ROWS"


class TimeLimit(ServiceError):
    """The deck was not complete within its time limit."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "DECK_TIME_LIMIT"


class RetrievalFailed(ServiceError):
    """No question could be answered; carries kind, reason and message of the first failure."""

    reason = "RETRIEVAL_FAILED"

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> RetrievalFailed:
        """The failure that a step kept as `kind`, `reason` and `message`."""
        error = cls(data["message"])
        error.kind = Kind(data["kind"])
        error.reason = data["reason"]
        return error


class NotClarifying(ServiceError):
    """The deck does not wait for an answer."""

    kind = Kind.FAILED_PRECONDITION
    reason = "DECK_ASKS_NOTHING"
