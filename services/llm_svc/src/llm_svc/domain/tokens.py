"""Counts tokens without a tokenizer: a stated estimate.

No model served here publishes its tokenizer in a form that can be shipped, so every count before a
call is an estimate; after a call the provider's own figures are kept exactly. The estimate counts
words, digits and signs the way byte-pair vocabularies usually cut them, and errs on the high side.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Final

from llm_svc.domain.completion import Message, Tool

PER_MESSAGE: Final = 4
"""Tokens that the chat format adds to each message."""

_PARTS = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]+|\s+|.", re.DOTALL)


def estimate(text: str, factor: float = 1.0) -> int:
    """About how many tokens a text has, times the model's factor; 0 only for no text."""
    count = 0.0
    for part in _PARTS.findall(text):
        first = part[0]
        if first.isascii() and first.isalpha():
            count += max(1.0, len(part) / 5.0)
        elif first.isascii() and first.isdigit():
            count += math.ceil(len(part) / 3)
        elif first.isspace():
            count += 0.0 if part == " " else math.ceil(len(part) / 8)
        elif first.isascii():
            count += 0.7
        else:
            count += len(part.encode("utf-8", "replace")) / 3
    return math.ceil(count * factor)


def estimate_messages(
    messages: Iterable[Message], tools: Iterable[Tool] = (), factor: float = 1.0
) -> int:
    """About how many tokens a model reads for these messages and tools."""
    total = 0
    for message in messages:
        total += PER_MESSAGE + estimate(message.content, factor)
        total += sum(
            PER_MESSAGE + estimate(call.name + call.arguments_json, factor)
            for call in message.tool_calls
        )
    for tool in tools:
        total += PER_MESSAGE + estimate(
            tool.name + tool.description + json.dumps(dict(tool.parameters)), factor
        )
    return total
