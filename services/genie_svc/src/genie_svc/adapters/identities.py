"""One cached client for each identity, built when first needed and dropped when idle."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from aislides_runtime.settings import Secret

from genie_svc.adapters.calls import Calls
from genie_svc.adapters.databricks import Connection, Credentials, DatabricksClient
from genie_svc.adapters.external_links import LinkReader
from genie_svc.adapters.faults import Fault, HttpFault, error_for
from genie_svc.adapters.workspace import DatabricksWorkspace
from genie_svc.domain.errors import ConversationNotFound
from genie_svc.domain.reading import text
from genie_svc.ports import Clock
from genie_svc.turns import Turns

SERVICE_OWNER = "service"
"""The owner of everything that is done under the service's own credentials."""


@dataclass(slots=True)
class _Kept:
    workspace: DatabricksWorkspace
    used_at: float


class Identities:
    """Gives the workspace under the service's own identity, or under a user's token."""

    def __init__(
        self,
        connection: Connection,
        service: Credentials,
        calls: Calls,
        clock: Clock,
        *,
        kept: int = 256,
        idle_seconds: float = 900.0,
    ) -> None:
        self._connection = connection
        self._service = service
        self._calls = calls
        self._clock = clock
        self._most = kept
        self._idle_seconds = idle_seconds
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._turns = Turns()
        self._links = LinkReader(
            timeout_seconds=connection.http_timeout_seconds,
            most_bytes=connection.most_reply_bytes,
            plain_http=connection.host.startswith("http://"),
        )

    async def workspace(self, user_token: Secret | None) -> DatabricksWorkspace:
        """The workspace under the user's token, or the service's identity without one.

        Raises WorkspaceUnreachable within seconds when nobody listens, CredentialsRejected when
        the token is not accepted.
        """
        key = _fingerprint(user_token) if user_token else SERVICE_OWNER
        self._drop_idle()
        found = self._find(key)
        if found is not None:
            return found
        async with self._turns.of(key):
            found = self._find(key)
            if found is None:
                found = await self._build(key, user_token)
                self._kept[key] = _Kept(found, self._clock.monotonic())
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            return found

    def _find(self, key: str) -> DatabricksWorkspace | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        kept.used_at = self._clock.monotonic()
        self._kept.move_to_end(key)
        return kept.workspace

    def _drop_idle(self) -> None:
        oldest = self._clock.monotonic() - self._idle_seconds
        while self._kept:
            key, kept = next(iter(self._kept.items()))
            if kept.used_at >= oldest:
                return
            del self._kept[key]

    async def _build(self, key: str, token: Secret | None) -> DatabricksWorkspace:
        credentials = Credentials(token=token) if token else self._service
        try:
            client = await self._calls.read(lambda: DatabricksClient(self._connection, credentials))
            owner = await self._user(client, key) if token else SERVICE_OWNER
        except Fault as fault:
            raise error_for(fault, ConversationNotFound) from None
        return DatabricksWorkspace(owner, client, self._calls, self._links)

    async def _user(self, client: DatabricksClient, key: str) -> str:
        """The user behind a token, so that a refreshed token stays the same owner.

        A token without the scope to say so owns what it does by itself.
        """
        query = {"excludedAttributes": "groups,entitlements"}
        path = "/api/2.0/preview/scim/v2/Me"
        try:
            raw = await self._calls.read(lambda: client.call("GET", path, query))
        except Fault as fault:
            unsaid = isinstance(fault, HttpFault) and fault.status in (403, 404)
            if not unsaid or (isinstance(fault, HttpFault) and fault.refuses_token):
                raise
            return key
        user = text(raw, "id") or text(raw, "userName")
        return f"user:{user}" if user else key


def _fingerprint(token: Secret) -> str:
    return "token:" + hashlib.sha256(token.reveal().encode()).hexdigest()[:32]
