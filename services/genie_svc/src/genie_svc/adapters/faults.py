"""What one HTTP attempt can end in, and the error that a caller then gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from aislides_runtime.errors import ServiceError

from genie_svc.domain import errors
from genie_svc.domain.failures import with_detail


class Fault(Exception):
    """One attempt failed. `retryable` says whether a read may be tried again."""

    retryable = True
    retry_after: float | None = None


class NotSent(Fault):
    """No connection was made: the workspace knows nothing of the request."""


class SignInFailed(Fault):
    """The workspace does not let the service principal in: nothing else was sent."""

    retryable = False


class ReplyLost(Fault):
    """The request went out and no complete reply came back."""


class Unreadable(Fault):
    """A complete reply came that is no JSON object, or more than we read."""

    retryable = False


class HttpFault(Fault):
    """The workspace answered with an error status."""

    def __init__(self, status: int, code: str, text: str, retry_after: float | None) -> None:
        super().__init__(f"HTTP {status} {code}")
        self.status = status
        self.code = code
        self.text = text
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:  # type: ignore[override]
        """Whether a read may be tried again."""
        return self.status == 429 or self.status >= 500

    @property
    def refuses_token(self) -> bool:
        """Whether it is the token that the workspace does not accept."""
        edge = self.status == 403 and (
            self.code.isdigit() or re.search(r"(invalid|expired) (access )?token", self.text, re.I)
        )
        return self.status == 401 or bool(edge)


def retry_after_seconds(value: str | None, server_date: str | None) -> float | None:
    """Seconds to wait by a Retry-After header, as a number or as a date; None when unusable.

    A date is compared with the server's own Date header, so that our clock may be wrong.
    """
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        until = _date(value)
        if until is None:
            return None
        now = _date(server_date or "") or datetime.now(UTC)
        seconds = (until - now).total_seconds()
    return min(max(0.0, seconds), 3600.0) if seconds == seconds else None  # noqa: PLR0124 - NaN


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def error_for(fault: Fault, missing: type[errors.GenieError]) -> ServiceError:
    """The error that tells a caller what happened; `missing` is what a 404 stands for."""
    if isinstance(fault, HttpFault):
        return _for_status(fault, missing)
    if isinstance(fault, SignInFailed):
        return errors.CredentialsRejected(
            "the workspace does not let the service principal in; check DATABRICKS_CLIENT_ID and"
            " DATABRICKS_CLIENT_SECRET"
        )
    if isinstance(fault, Unreadable):
        return errors.BadReply()
    if isinstance(fault, ReplyLost):
        return errors.WorkspaceUnreachable(
            "the Databricks workspace did not answer completely; try again"
        )
    return errors.WorkspaceUnreachable()


def _for_status(fault: HttpFault, missing: type[errors.GenieError]) -> ServiceError:
    if fault.refuses_token:
        return errors.CredentialsRejected()
    said = cleaned(fault.text)
    if fault.status == 429:
        return errors.RateLimited(
            retry_after=fault.retry_after if fault.retry_after is not None else 60.0
        )
    if fault.status >= 500:
        return errors.WorkspaceUnreachable(
            f"the Databricks workspace reports a fault of its own (HTTP {fault.status})",
            retry_after=fault.retry_after,
        )
    kind = _BY_STATUS.get(fault.status, errors.RequestRefused)
    if fault.status == 404 or fault.code in ("RESOURCE_DOES_NOT_EXIST", "NOT_FOUND"):
        return missing()
    return kind(with_detail(kind.default_message, said))


_BY_STATUS: Final = {403: errors.AccessDenied, 409: errors.Conflict}


_TOKENS: Final = re.compile(
    r"\b(dapi|dkea|dose|eyJ)[A-Za-z0-9_.-]{8,}|(?i:bearer)\s+\S+|(?i:token=)\S+"
)


def cleaned(text: str) -> str:
    """The workspace's words without the SDK's configuration dump and without tokens."""
    return _TOKENS.sub("***", text.split(". Config: ", 1)[0].split(". Env: ", 1)[0])
