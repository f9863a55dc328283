"""Models behind LiteLLM (Bedrock, Vertex, SageMaker and the rest); the only file that imports it.

An optional extra, `aislides-llm[litellm]`, imported only when a provider of kind `litellm` is
configured. Its proxy is not used. Releases 1.82.7 and 1.82.8 carried a credential stealer and are
refused here too, should an installation have slipped past the requirement.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncGenerator
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from aislides_runtime.settings import Secret, SettingsError

from llm_svc.adapters.chat_wire import pieces_of_chunk, pieces_of_reply, request_of
from llm_svc.domain.errors import (
    AccessDenied,
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

BAD_VERSIONS: Final = frozenset({"1.82.7", "1.82.8"})

# By class name, most specific first: the classes themselves are known only after the import.
_FAULTS: Final[dict[str, type[ProviderFault]]] = {
    "ContextWindowExceededError": ContextTooLong,
    "AuthenticationError": CredentialsRefused,
    "PermissionDeniedError": AccessDenied,
    "NotFoundError": ModelNotFound,
    "RateLimitError": RateLimited,
    "Timeout": ProviderSlow,
    "BadRequestError": Rejected,
    "UnsupportedParamsError": Rejected,
    "APIConnectionError": ProviderDown,
    "InternalServerError": ProviderDown,
    "ServiceUnavailableError": ProviderDown,
    "APIError": StreamBroken,
}


class LiteLLM:
    """A provider whose models have LiteLLM's names, such as `bedrock/anthropic.claude-...`."""

    def __init__(self, name: str, api_key: Secret | None, base_url: str | None = None) -> None:
        """Imports LiteLLM; raises SettingsError when it is missing or a release known as bad."""
        self._name = name
        self._api_key = api_key
        self._base = {"api_base": base_url} if base_url else {}
        self._litellm = _imported(name)

    @property
    def name(self) -> str:
        """Its name in the configuration."""
        return self._name

    async def answer(self, ask: Ask) -> AsyncGenerator[Piece, None]:
        """The answer in pieces; see the port."""
        key = {"api_key": self._api_key.reveal()} if self._api_key is not None else {}
        try:
            reply = await self._litellm.acompletion(
                **request_of(ask),
                **key,
                **self._base,
                timeout=ask.timeout,
                num_retries=0,
                max_retries=0,
            )
            if not ask.stream:
                for piece in pieces_of_reply(reply.model_dump()):
                    yield piece
                return
            try:
                async for chunk in reply:
                    for piece in pieces_of_chunk(chunk.model_dump()):
                        yield piece
            finally:
                await _close(reply)
        except ProviderFault:
            raise
        except Exception as error:
            raise _fault_of(error) from error

    async def close(self) -> None:
        """Nothing to release: LiteLLM keeps its own connections."""


def _imported(name: str) -> Any:
    try:
        found = version("litellm")
    except PackageNotFoundError:
        raise SettingsError(
            [f"llm.providers.{name}: kind litellm needs the extra aislides-llm[litellm]"]
        ) from None
    if found in BAD_VERSIONS:
        raise SettingsError(
            [f"llm.providers.{name}: litellm {found} carries malware; remove it at once"]
        )
    litellm: Any = importlib.import_module("litellm")
    litellm.suppress_debug_info = True  # it would print to our standard output
    litellm.telemetry = False
    return litellm


async def _close(stream: Any) -> None:
    inner = getattr(stream, "completion_stream", stream)
    close = getattr(inner, "aclose", None) or getattr(inner, "close", None)
    if close is not None:
        await close()


def _fault_of(error: Exception) -> ProviderFault:
    for kind in type(error).__mro__:
        fault = _FAULTS.get(kind.__name__)
        if fault is Rejected:
            return Rejected(detail=str(getattr(error, "message", ""))[:2000])
        if fault is not None:
            return fault()
    return ProviderDown()
