"""What can go wrong with a completion.

ServiceError
├── ProviderFault          a model did not answer; another may
│   ├── ProviderDown       connection refused, 5xx, overloaded          retried
│   ├── StreamBroken       reset, error chunk, no finish reason          retried
│   ├── ProviderSlow       first byte, gap or total time used up
│   ├── RateLimited        429                                           retried
│   ├── Rejected           400: the request is not what the model takes
│   ├── CredentialsRefused 401      AccessDenied 403      ModelNotFound 404
│   └── AnswerTooLarge, EmptyAnswer, Refused, ContentFiltered
├── OutputInvalid          the answer does not fit its schema, repairs included
├── Offline, NoModelAllowed, AllModelsDown, ContextTooLong, BudgetExceeded
└── RequestIdReused, PromptNotFound, PromptVariablesWrong
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from aislides_runtime.errors import FieldViolation, InvalidRequest, Kind, ServiceError


class ProviderFault(ServiceError):
    """A provider did not give an answer.

    `retried`: the same model may answer a second try. `counts`: it speaks against the model's
    health.
    """

    retried: ClassVar[bool] = False
    counts: ClassVar[bool] = True


class ProviderDown(ProviderFault):
    """The provider cannot be reached or answers with a server error."""

    kind = Kind.UNAVAILABLE
    reason = "LLM_PROVIDER_UNAVAILABLE"
    default_message = "the model provider is not available now; try again later"
    retried = True


class StreamBroken(ProviderFault):
    """The answer stopped in the middle: reset, error object, or no finish reason."""

    kind = Kind.UNAVAILABLE
    reason = "LLM_STREAM_BROKEN"
    default_message = "the model's answer broke off; try again"
    retried = True


class ProviderSlow(ProviderFault):
    """The provider used up the time for the first byte, between bytes, or in total."""

    kind = Kind.DEADLINE_EXCEEDED
    reason = "LLM_PROVIDER_SLOW"
    default_message = "the model answered too slowly; allow more time or use a faster model"


class RateLimited(ProviderFault):
    """The provider's rate limit is used up; `retry_after` in seconds when it said so."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "LLM_RATE_LIMITED"
    default_message = "the model provider's rate limit is used up; try again later"
    retried = True


class Rejected(ProviderFault):
    """The provider does not take the request as it is (HTTP 400)."""

    kind = Kind.INVALID_ARGUMENT
    reason = "LLM_REQUEST_REJECTED"
    default_message = "the model does not take this request"
    counts = False

    def __init__(self, message: str = "", *, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail
        """The provider's own words: for the log and for choosing a plainer request."""


class CredentialsRefused(ProviderFault):
    """The provider does not accept our credentials."""

    kind = Kind.UNAUTHENTICATED
    reason = "LLM_CREDENTIALS_REFUSED"
    default_message = "the model provider refused the credentials; check the configured token"


class AccessDenied(ProviderFault):
    """Our identity may not query the model."""

    kind = Kind.PERMISSION_DENIED
    reason = "LLM_ACCESS_DENIED"
    default_message = "this identity may not query the model; grant it CAN QUERY on the endpoint"


class ModelNotFound(ProviderFault):
    """The provider does not know the model."""

    kind = Kind.NOT_FOUND
    reason = "LLM_MODEL_NOT_FOUND"
    default_message = "the model does not exist; check llm.endpoint"


class AnswerTooLarge(ProviderFault):
    """The answer passed its limit of bytes."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "LLM_ANSWER_TOO_LARGE"
    default_message = "the model's answer was larger than allowed and was stopped"


class EmptyAnswer(ProviderFault):
    """The model answered with nothing."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_EMPTY_ANSWER"
    default_message = "the model answered with nothing"
    retried = True


class Refused(ProviderFault):
    """The model declined to answer."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_REFUSED"
    default_message = "the model declined to answer"
    counts = False


class ContentFiltered(ProviderFault):
    """The provider withheld the answer."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_CONTENT_FILTERED"
    default_message = "the provider's content filter withheld the answer"
    counts = False


class ContextTooLong(ProviderFault):
    """The prompt does not fit the model's context window, cuts included."""

    kind = Kind.INVALID_ARGUMENT
    reason = "LLM_CONTEXT_TOO_LONG"
    default_message = "the prompt does not fit the model's context window; send less data"
    counts = False


class OutputInvalid(ServiceError):
    """The answer does not fit the schema or the tools, repair rounds included."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_OUTPUT_INVALID"

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = "; ".join(self.faults[:3])
        super().__init__(
            f"the model's answer did not fit: {shown}",
            metadata={"faults": str(len(self.faults))},
        )


class Offline(ServiceError):
    """The service is configured to call no model."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_OFFLINE"
    default_message = "no model is called because llm.mode is offline; set it to online"


class NoModelAllowed(ServiceError):
    """No configured model may see this tenant's data, or the named one is not configured."""

    kind = Kind.FAILED_PRECONDITION
    reason = "LLM_NO_MODEL_ALLOWED"
    default_message = "no configured model may be used for this tenant"


class AllModelsDown(ServiceError):
    """Every model that could answer is out of service for now."""

    kind = Kind.UNAVAILABLE
    reason = "LLM_ALL_MODELS_DOWN"
    default_message = "every model is out of service for now; try again later"


class BudgetExceeded(ServiceError):
    """The call could cost more than its budget has left; nothing was spent."""

    kind = Kind.RESOURCE_EXHAUSTED
    reason = "LLM_BUDGET_EXCEEDED"
    default_message = "the budget does not allow this call"


class RequestIdReused(ServiceError):
    """The request id was used for another request."""

    kind = Kind.ALREADY_EXISTS
    reason = "LLM_REQUEST_ID_REUSED"
    default_message = "this request_id was used for another request; use a new one"


class PromptNotFound(ServiceError):
    """There is no prompt with that name."""

    kind = Kind.NOT_FOUND
    reason = "LLM_PROMPT_NOT_FOUND"
    default_message = "there is no prompt with that name; ListPrompts names them"


class RecordedFailure(ServiceError):
    """The failure that was recorded for this request id: same kind, reason and message."""

    def __init__(self, kind: Kind, reason: str, message: str, metadata: dict[str, str]) -> None:
        super().__init__(message, metadata=metadata)
        self.kind = kind
        self.reason = reason


def invalid(field: str, description: str) -> InvalidRequest:
    """An InvalidRequest about one field."""
    return InvalidRequest(
        f"{field}: {description}", field_violations=[FieldViolation(field, description)]
    )
