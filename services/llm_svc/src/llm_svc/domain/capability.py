"""What each model can do, and how a refusal teaches us to ask more plainly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class StructuredMode(StrEnum):
    """How a model is held to a JSON schema."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PROMPT_ONLY = "prompt_only"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model takes.

    `token_factor` scales our estimate of its tokens; `context_tokens` is its whole window.
    """

    structured: StructuredMode = StructuredMode.JSON_SCHEMA
    stream: bool = True
    stream_with_schema: bool = True
    stream_usage: bool = True
    tools: bool = True
    temperature: bool = True
    seed: bool = True
    max_tokens_field: str = "max_tokens"
    context_tokens: int = 128_000
    token_factor: float = 1.0


class CapabilityTable:
    """Capabilities by model name: later rows whose pattern matches win, key by key."""

    def __init__(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        self._rows = tuple(rows)

    def of(self, model: str) -> Capabilities:
        """What the model of that name can do."""
        found = Capabilities()
        for pattern, values in self._rows:
            if fnmatchcase(model, pattern):
                found = replace(found, **values)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """Which optional parts a refused request had."""

    schema: bool
    temperature: bool
    seed: bool
    stream: bool
    stream_usage: bool


def plainer(can: Capabilities, asked: Asked, refusal: str) -> Capabilities | None:
    """The capabilities that a refusal (HTTP 400) leaves, None when nothing can be left out.

    Goes by the provider's words where they name a part, else gives up the schema first.
    """
    words = refusal.lower()
    options: list[tuple[bool, tuple[str, ...], Capabilities]] = [
        (
            asked.stream_usage and asked.stream,
            ("stream_options", "include_usage"),
            replace(can, stream_usage=False),
        ),
        (
            asked.temperature,
            ("temperature", "top_p", "sampling"),
            replace(can, temperature=False),
        ),
        (asked.seed, ("seed",), replace(can, seed=False)),
        (
            can.max_tokens_field == "max_tokens",
            ("max_completion_tokens",),
            replace(can, max_tokens_field="max_completion_tokens"),
        ),
        (
            asked.schema and asked.stream,
            ("stream",),
            replace(can, stream_with_schema=False),
        ),
        (
            asked.schema,
            ("response_format", "schema", "json", "structured"),
            replace(can, structured=StructuredMode.PROMPT_ONLY),
        ),
    ]
    for was_asked, hints, left in options:
        if was_asked and any(hint in words for hint in hints):
            return left
    return replace(can, structured=StructuredMode.PROMPT_ONLY) if asked.schema else None
