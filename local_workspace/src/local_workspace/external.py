"""Short-lived links to chunks of results, read without a token as from cloud storage."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local_workspace.api_errors import ApiError, not_found
from local_workspace.statements.manifest import csv_chunk, json_chunk
from local_workspace.statements.statement import Statement

LINK_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to."""

    statement: Statement
    index: int
    expires: float


class ExternalLinks:
    """Makes links and follows them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._links: dict[str, Linked] = {}

    def maker(self, statement: Statement, base_url: str) -> Callable[[int], dict[str, Any]] | None:
        """The function that links a chunk, or None for a statement with inline rows."""
        if not statement.external:
            return None
        return lambda index: self._link(statement, index, base_url)

    def _link(self, statement: Statement, index: int, base_url: str) -> dict[str, Any]:
        now = self._now()
        self._links = {key: link for key, link in self._links.items() if link.expires > now}
        token = secrets.token_urlsafe(24)
        self._links[token] = Linked(statement, index, now + LINK_SECONDS)
        expiration = datetime.fromtimestamp(now + LINK_SECONDS, UTC)
        return {
            "external_link": f"{base_url.rstrip('/')}/external/{token}",
            "expiration": expiration.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    def follow(self, token: str) -> tuple[str, str]:
        """The text behind a link and its media type. Raises ApiError 403 or 404."""
        link = self._links.get(token)
        if link is None or link.statement.result is None:
            raise not_found("Link", token)
        if self._now() >= link.expires:
            raise ApiError(403, "PERMISSION_DENIED", "The link has expired.")
        if link.statement.format == "CSV":
            return csv_chunk(link.statement.result, link.index), "text/csv"
        return json_chunk(link.statement.result, link.index), "application/json"
