"""Authorises requests to a Databricks workspace; the only file that imports databricks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from aislides_runtime.settings import Secret

if TYPE_CHECKING:
    from databricks.sdk.core import Config


class DatabricksAuth:
    """Headers for one request, fresh each time: OAuth tokens renew themselves in between.

    Without a token the SDK looks for other credentials in the environment and its config file.
    """

    def __init__(
        self,
        host: str,
        token: Secret | None,
        client_id: str | None = None,
        client_secret: Secret | None = None,
    ) -> None:
        self._host = host
        self._token = token
        self._client_id = client_id
        self._client_secret = client_secret
        self._config: Config | None = None
        self._lock = Lock()

    async def __call__(self) -> Mapping[str, str]:
        """The headers; raises what the SDK raises when no credentials fit."""
        if self._token is not None:
            # A personal access token needs no SDK: no probe of the host, no thread.
            return {"Authorization": f"Bearer {self._token.reveal()}"}
        return await asyncio.to_thread(self._authenticate)

    def _authenticate(self) -> Mapping[str, str]:
        # Importing the SDK takes a second that a start with a token does not need.
        from databricks.sdk.core import Config  # noqa: PLC0415

        with self._lock:
            if self._config is None:
                self._config = Config(
                    host=self._host,
                    client_id=self._client_id,
                    client_secret=self._client_secret and self._client_secret.reveal(),
                    product="aislides-llm",
                    product_version="0.1.0",
                    retry_timeout_seconds=5,
                    http_timeout_seconds=10,
                )
        headers: Mapping[str, str] = self._config.authenticate()
        return headers
