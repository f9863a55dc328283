"""Any server that speaks OpenAI's chat completions; the only file that imports openai.

The client builds requests, pools connections and types errors. Answers are read from raw bytes:
its own stream reader takes Databricks' error objects for chunks without choices, hides a missing
end, and has no limit of size.
"""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import openai

from llm_svc.adapters.chat_wire import pieces_of_chunk, pieces_of_reply, request_of
from llm_svc.adapters.sse import sse_data
from llm_svc.domain.errors import (
    AccessDenied,
    AnswerTooLarge,
    ContextTooLong,
    CredentialsRefused,
    ModelNotFound,
    ProviderDown,
    ProviderFault,
    ProviderSlow,
    RateLimited,
    Rejected,
    StreamBroken,
)
from llm_svc.ports import Ask, Piece

Authorize = Callable[[], Awaitable[Mapping[str, str]]]
"""Gives the headers that authorise one request; asked anew each time, so tokens may change."""

# openai 3 is built on httpx2, openai 2 on httpx; LiteLLM, where installed, still needs openai 2.
_BASE_CLIENT: type = openai.DefaultAsyncHttpxClient.__mro__[1]
_http: Any = importlib.import_module(_BASE_CLIENT.__module__.partition(".")[0])

ENVELOPE = 8
"""How much larger than its words an answer's wire form may be."""

_TOO_LONG = ("context length", "context_length", "context window", "prompt is too long")


class OpenAICompatible:
    """A provider at a base URL such as `https://host/serving-endpoints`."""

    def __init__(
        self,
        name: str,
        base_url: str,
        authorize: Authorize,
        *,
        max_connections: int = 1000,
        connect_timeout: float = 5.0,
    ) -> None:
        self._name = name
        self._authorize = authorize
        self._connect_timeout = connect_timeout
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key="set-per-request",
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(
                limits=_http.Limits(max_connections=max_connections, keepalive_expiry=30.0),
                follow_redirects=False,
            ),
        )

    @property
    def name(self) -> str:
        """Its name in the configuration."""
        return self._name

    async def answer(self, ask: Ask) -> AsyncGenerator[Piece, None]:
        """The answer in pieces; see the port."""
        headers = await self._headers()
        create: Any = self._client.chat.completions.with_streaming_response.create
        timeout = _http.Timeout(ask.timeout, connect=min(self._connect_timeout, ask.timeout))
        begun = False
        try:
            async with create(
                **request_of(ask), extra_headers=dict(headers), timeout=timeout
            ) as response:
                begun = True
                async for piece in _pieces(response, ask):
                    yield piece
        except openai.APIStatusError as error:
            raise _fault_of_status(error) from error
        except (openai.APITimeoutError, _http.TimeoutException) as error:
            raise ProviderSlow from error
        except (openai.APIConnectionError, _http.TransportError) as error:
            raise (StreamBroken() if begun else ProviderDown()) from error

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _headers(self) -> Mapping[str, str]:
        try:
            return await self._authorize()
        except ProviderFault:
            raise
        except Exception as error:
            raise CredentialsRefused from error


async def _pieces(response: Any, ask: Ask) -> AsyncIterator[Piece]:
    raw = response.iter_bytes()
    if "text/event-stream" not in response.headers.get("content-type", ""):
        # Asked for a whole answer, or a server that does not know streaming.
        for piece in pieces_of_reply(_parsed(await _body(raw, ask.max_bytes * ENVELOPE))):
            yield piece
        return
    async for data in sse_data(raw, ask.max_bytes * ENVELOPE):
        if data == b"[DONE]":
            return
        for piece in pieces_of_chunk(_parsed(data)):
            yield piece


async def _body(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise AnswerTooLarge
    return bytes(body)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise StreamBroken("the model provider did not answer in JSON") from None


_BY_STATUS: dict[int, type[ProviderFault]] = {
    401: CredentialsRefused,
    403: AccessDenied,
    404: ModelNotFound,
    408: ProviderSlow,
    413: ContextTooLong,
}


def _fault_of_status(error: openai.APIStatusError) -> ProviderFault:
    status, words = error.status_code, _words(error)
    lower = words.lower()
    if status == 429 or "REQUEST_LIMIT_EXCEEDED" in words:
        return RateLimited(retry_after=_retry_after(error.response.headers.get("retry-after")))
    if status == 403 and "token" in lower:
        return CredentialsRefused()
    if status in (400, 422) and any(hint in lower for hint in _TOO_LONG):
        return ContextTooLong()
    if status in _BY_STATUS:
        return _BY_STATUS[status]()
    if status in (400, 405, 409, 415, 422, 501):
        return Rejected(detail=words[:2000])
    retry_after = _retry_after(error.response.headers.get("retry-after"))
    return ProviderDown(retry_after=retry_after, metadata={"status": str(status)})


def _words(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, Mapping):
        return " ".join(str(body.get(key) or "") for key in ("error_code", "code", "message"))
    return str(body or "")


def _retry_after(header: str | None) -> float | None:
    """Seconds from a number or a date; None when there is none."""
    if not header:
        return None
    with contextlib.suppress(ValueError):
        seconds = float(header)
        return seconds if 0 <= seconds <= 3600 else None
    with contextlib.suppress(ValueError, TypeError):
        at = parsedate_to_datetime(header)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(3600.0, max(0.0, (at - datetime.now(UTC)).total_seconds()))
    return None
