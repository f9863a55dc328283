"""The id that ties the log lines of one request together across services."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar
from typing import Final

HEADER: Final = "x-request-id"
"""Metadata key and HTTP header that carry the id."""

_VALID = re.compile(r"[A-Za-z0-9_.-]{1,64}")

current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)
"""The id of the request being served; None outside a request."""


def accept_request_id(offered: str | bytes | None) -> str:
    """The offered id if it is 1-64 of `A-Za-z0-9_.-`, else a new one (32 hex digits)."""
    if isinstance(offered, str) and _VALID.fullmatch(offered):
        return offered
    return uuid.uuid4().hex
