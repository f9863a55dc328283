"""Completions as JSON text, and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from llm_svc.domain.completion import Completion, FinishReason, ToolCall, Usage


def dump(completion: Completion) -> str:
    """The completion as JSON text."""
    return json.dumps(dataclasses.asdict(completion), ensure_ascii=False)


def load(text: str) -> Completion:
    """The completion that was dumped."""
    data: dict[str, Any] = json.loads(text)
    data["tool_calls"] = tuple(ToolCall(**call) for call in data["tool_calls"])
    data["usage"] = Usage(**data["usage"])
    data["finish_reason"] = FinishReason(data["finish_reason"])
    return Completion(**data)
