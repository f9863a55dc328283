"""Finds the JSON payload that our prompts carry between data fences."""

import json
import re
from typing import Any

FENCE = re.compile(r"<<<DATA ([0-9A-Za-z_-]{4,80})\n(.*?)\nDATA \1>>>", re.DOTALL)


def payload_in(texts: list[str]) -> dict[str, Any] | None:
    """The object of the last fence, with a `task` in it; None when there is no such fence."""
    for text in reversed(texts):
        for match in reversed(list(FENCE.finditer(text))):
            try:
                payload = json.loads(match[2])
            except ValueError:
                continue
            if isinstance(payload, dict) and isinstance(payload.get("task"), str):
                return payload
    return None
