"""The only file that imports databricks-sdk: clients, and one HTTP attempt through them."""

from __future__ import annotations

import json
import logging
import socket
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3.exceptions
from aislides_runtime.settings import Secret
from databricks.sdk import WorkspaceClient
from databricks.sdk.clock import Clock as SdkClock
from databricks.sdk.core import Config
from databricks.sdk.errors.base import DatabricksError

from genie_svc.adapters.faults import (
    Fault,
    HttpFault,
    NotSent,
    ReplyLost,
    SignInFailed,
    Unreadable,
    retry_after_seconds,
)
from genie_svc.domain.reading import Json

logging.getLogger("databricks.sdk").setLevel(logging.INFO)  # at DEBUG it logs bodies
# Over plain http the SDK keeps ten connections and urllib3 warns about each one more.
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a workspace. `connections` bounds parallel calls of one client."""

    host: str
    http_timeout_seconds: float = 30.0
    connect_timeout_seconds: float = 3.0
    connections: int = 16
    most_reply_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or the id and secret of a service principal."""

    token: Secret | None = None
    client_id: str = ""
    client_secret: Secret | None = None


class _GiveUp(Exception):
    """Raised in place of the SDK's wait before a retry."""


class _NoRetries(SdkClock):
    """A clock that ends the SDK's own retry loop after its first attempt.

    The SDK repeats every method on 429, 503 and lost connections, also the POST that asks Genie
    a question, which has no idempotency key. It has no setting for that; but it waits before it
    repeats, by this clock.
    """

    def time(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        raise _GiveUp


class DatabricksClient:
    """One identity's client. Thread-safe; building it makes a network call, so do it in a thread.

    Raises a Fault when the workspace cannot be reached.
    """

    def __init__(self, connection: Connection, credentials: Credentials) -> None:
        _knock(connection)
        self._connection = connection
        token, secret = credentials.token, credentials.client_secret
        identity: dict[str, Any] = (
            {"token": token.reveal(), "auth_type": "pat"}
            if token
            else {
                "client_id": credentials.client_id,
                "client_secret": secret.reveal() if secret else "",
                "auth_type": "oauth-m2m",
            }
        )
        try:
            config = Config(
                host=connection.host,
                http_timeout_seconds=connection.http_timeout_seconds,
                retry_timeout_seconds=1,
                max_connection_pools=connection.connections,
                max_connections_per_pool=connection.connections,
                product="aislides-genie",
                product_version="0.1.0",
                clock=_NoRetries(),
                **identity,
            )
            self._api = WorkspaceClient(config=config).api_client
        except (ValueError, DatabricksError, requests.RequestException) as error:
            raise NotSent("the client could not be set up") from error
        self._config = config
        _settle_proxies(self._api, config.host)

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, object] | None = None,
        most_bytes: int | None = None,
    ) -> Json:
        """The JSON object that one single attempt returns; raises a Fault.

        A reply beyond `most_bytes`, or the connection's limit, is Unreadable.
        """
        limit = min(
            most_bytes or self._connection.most_reply_bytes, self._connection.most_reply_bytes
        )
        seen: list[requests.Response] = []

        def authenticate(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers.update(self._config.authenticate())
            if self._config.workspace_id:
                request.headers["X-Databricks-Workspace-Id"] = str(self._config.workspace_id)
            hooks: Any = request
            hooks.register_hook("response", lambda response, **_: seen.append(response))
            return request

        try:
            reply = self._api.do(
                method,
                path,
                query=dict(query) if query else None,
                headers={"Accept": "application/json"},
                body=dict(body) if body is not None else None,
                raw=True,
                auth=authenticate,
            )
            return self._object(self._content(reply["contents"], limit))
        except Fault:
            raise
        except Exception as error:
            cause = error.__context__ if isinstance(error, _GiveUp) else error
            fault = _fault(cause, seen[-1] if seen else None)
            if fault is None:
                raise
            raise fault from None

    def _content(self, stream: object, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        ends = time.monotonic() + 2 * self._connection.http_timeout_seconds
        with stream as contents:  # type: ignore[attr-defined]
            for part in contents:
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise Unreadable("the reply is too large")
                if time.monotonic() > ends:
                    raise ReplyLost("the reply drips")
        return b"".join(parts)

    @staticmethod
    def _object(content: bytes) -> Json:
        if not content:
            return {}
        try:
            reply = json.loads(content)
        except (ValueError, RecursionError):
            raise Unreadable("the reply is no JSON") from None
        if not isinstance(reply, dict):
            raise Unreadable("the reply is no JSON object")
        return reply


def _fault(error: BaseException | None, response: requests.Response | None) -> Fault | None:
    if isinstance(error, DatabricksError):
        headers = response.headers if response is not None else {}
        status = response.status_code if response is not None else 0
        return HttpFault(
            status,
            str(error.error_code or ""),
            str(error),
            retry_after_seconds(headers.get("Retry-After"), headers.get("Date")),
        )
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return NotSent(type(error).__name__)
    if isinstance(error, requests.ConnectionError) and response is None:
        return ReplyLost("connection") if not _never_connected(error) else NotSent("connection")
    if isinstance(error, requests.RequestException | urllib3.exceptions.HTTPError | OSError):
        return ReplyLost(type(error).__name__)
    if isinstance(error, ValueError):  # what the SDK raises when it gets no OAuth token
        return SignInFailed("authentication")
    return None


def _never_connected(error: requests.ConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(
        reason,
        urllib3.exceptions.NewConnectionError
        | urllib3.exceptions.ConnectTimeoutError
        | urllib3.exceptions.ProxyError
        | urllib3.exceptions.SSLError,
    )


def _settle_proxies(api: object, host: str) -> None:
    """Reads the environment's proxies and certificates once, not anew for each call.

    requests walks through all variables of the environment twice a call, a quarter of its time.
    Where the SDK keeps its session elsewhere, it stays so.
    """
    session = getattr(getattr(api, "_api_client", None), "_session", None)
    if isinstance(session, requests.Session) and session.trust_env:
        settings = session.merge_environment_settings(host, {}, None, None, None)
        session.proxies, session.verify = settings["proxies"], settings["verify"]
        session.trust_env = False


def _knock(connection: Connection) -> None:
    """Fails fast when nobody listens: the SDK's own probe would wait out its timeouts."""
    host = connection.host if "://" in connection.host else f"https://{connection.host}"
    if requests.utils.get_environ_proxies(host):
        return
    parts = urllib.parse.urlsplit(host)
    try:
        port = parts.port or (80 if parts.scheme == "http" else 443)
        address = (parts.hostname or "", port)
        socket.create_connection(address, connection.connect_timeout_seconds).close()
    except (OSError, ValueError) as error:
        raise NotSent("nobody listens") from error
