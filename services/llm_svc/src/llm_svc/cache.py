"""Answers kept for a while, found by the exact request only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from llm_svc.asking import Prepared
from llm_svc.domain.completion import Completion
from llm_svc.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """Seconds an answer lives, bytes of all answers, and whether tool turns are kept too.

    `ttl` 0 switches the cache off.
    """

    ttl: float = 0.0
    max_bytes: int = 16 * 1024 * 1024
    tool_turns: bool = False


class ResponseCache:
    """Least recently used answers go first. Nothing is found by similarity.

    The key is the whole request, tenant and principal included, and the prompt's version. Without
    a known principal nothing is kept.
    """

    def __init__(self, policy: CachePolicy, clock: Callable[[], float]) -> None:
        self._policy = policy
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, int, Completion]] = OrderedDict()
        self._bytes = 0

    def get(self, call: Prepared) -> Completion | None:
        """The kept answer to the very same request, or None."""
        key = self._key(call)
        found = self._kept.get(key) if key else None
        if found is None:
            return None
        if found[0] <= self._clock():
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return found[2]

    def put(self, call: Prepared, completion: Completion) -> None:
        """Keeps an answer, if the policy has room for its kind."""
        key = self._key(call)
        size = len(completion.text.encode())
        size += sum(len(call.arguments_json.encode()) for call in completion.tool_calls)
        if not key or size > self._policy.max_bytes:
            return
        if key in self._kept:
            self._drop(key)
        self._kept[key] = (self._clock() + self._policy.ttl, size, completion)
        self._bytes += size
        while self._bytes > self._policy.max_bytes:
            self._drop(next(iter(self._kept)))

    def _key(self, call: Prepared) -> str:
        has_tools = bool(call.tools) or any(m.tool_calls or m.tool_call_id for m in call.messages)
        if self._policy.ttl <= 0 or not call.spec.principal:
            return ""
        if has_tools and not self._policy.tool_turns:
            return ""
        return f"{fingerprint(call.spec)}:{call.prompt_version}"

    def _drop(self, key: str) -> None:
        self._bytes -= self._kept.pop(key)[1]
