"""One chat completion from an OpenAI-compatible endpoint, by the standard library alone."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from local_workspace.settings import TranslatorSettings

MOST_BYTES = 1_000_000


class ModelAway(Exception):
    """The endpoint gave no usable answer; the text is for the log."""


def complete(settings: TranslatorSettings, messages: list[dict[str, str]]) -> str:
    """The answer's text; blocks, at most `settings.seconds` a read. Raises ModelAway."""
    body = {"model": settings.model, "messages": messages, "temperature": 0, "max_tokens": 2_000}
    headers = {"Content-Type": "application/json"}
    if settings.api_key is not None:
        headers["Authorization"] = f"Bearer {settings.api_key.reveal()}"
    request = urllib.request.Request(  # noqa: S310 - http(s) by the settings' pattern
        f"{settings.base_url.rstrip('/')}/chat/completions", json.dumps(body).encode(), headers
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.seconds) as reply:  # noqa: S310
            raw = reply.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise ModelAway(f"the translator's endpoint answered {error.code}") from None
    except (OSError, ValueError) as error:
        raise ModelAway(f"the translator's endpoint is away: {error}") from None
    if len(raw) > MOST_BYTES:
        raise ModelAway(f"the translator's answer is longer than {MOST_BYTES:,} bytes")
    return _content(raw)


def _content(raw: bytes) -> str:
    try:
        answer: Any = json.loads(raw)
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        raise ModelAway("the translator's answer is no chat completion") from None
    if not isinstance(content, str):
        raise ModelAway("the translator's answer has no text")
    return content
