"""Authorises requests with a fixed key, or none."""

from __future__ import annotations

from collections.abc import Mapping

from aislides_runtime.settings import Secret


class KeyAuth:
    """The same bearer key for each request; local servers often need none."""

    def __init__(self, key: Secret | None, header: str = "Authorization") -> None:
        self._key = key
        self._header = header

    async def __call__(self) -> Mapping[str, str]:
        """The headers: `Authorization: Bearer KEY`, or `api-key: KEY` where that is the header."""
        if self._key is None:
            return {}
        bearer = self._header.lower() == "authorization"
        return {self._header: f"Bearer {self._key.reveal()}" if bearer else self._key.reveal()}
