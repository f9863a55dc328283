"""A prompt as the rest of the service sees it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from llm_svc.domain.completion import Message, PromptCall, Role, Tool
from llm_svc.domain.errors import invalid
from llm_svc.prompts.fence import BadData, block, fence, new_marker
from llm_svc.structured.reader import write

HOLE: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
"""A named hole for a variable: `{{max_slides}}`."""
MAX_VARIABLE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt with its shared parts included.

    `version` is the first 12 hex digits of the hash of its content. A prompt with `definition` is
    the schema of a tool and cannot be sent by itself.
    """

    name: str
    description: str
    variables: tuple[str, ...]
    takes_data: bool
    system: str
    user: str
    tools: tuple[Tool, ...] = ()
    definition: str = ""

    @property
    def version(self) -> str:
        """First 12 hex digits of the content hash."""
        tools = [(tool.name, tool.description, repr(tool.parameters)) for tool in self.tools]
        content = repr((self.system, self.user, self.takes_data, self.definition, tools))
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @property
    def text(self) -> str:
        """All of it, for people to read."""
        if self.definition:
            return self.definition
        parts = [("SYSTEM", self.system), ("USER", self.user)]
        return "\n\n".join(f"{title}\n{body}" for title, body in parts if body)

    def messages(self, call: PromptCall, *, marker: str = "") -> tuple[Message, ...]:
        """The messages to send: instructions with variables filled, the fenced data, the turns.

        What tools answered is data too: it is fenced with the same marker.

        Raises InvalidRequest for variables or data that the prompt does not declare or lacks.
        """
        if self.definition:
            raise invalid("prompt.name", f"{self.name} is a tool's schema, not a prompt")
        self._check_variables(call.variables)
        marker = marker or new_marker()
        user = [_filled(self.user, call.variables).strip()] if self.user.strip() else []
        if self.takes_data:
            user.append(self._fenced(call.data_json, marker))
        elif call.data_json:
            raise invalid("prompt.data", f"{self.name} takes no data; leave it out")
        messages = [Message(Role.SYSTEM, _filled(self.system, call.variables).strip())]
        if user:
            messages.append(Message(Role.USER, "\n\n".join(user)))
        return (*messages, *(_fenced_turn(turn, marker) for turn in call.turns))

    def _fenced(self, data_json: str, marker: str) -> str:
        if not data_json:
            raise invalid("prompt.data", f"{self.name} needs data; send data or data_json")
        try:
            return fence(data_json, marker)
        except BadData as error:
            raise invalid("prompt.data_json", str(error)) from None

    def _check_variables(self, given: Mapping[str, str]) -> None:
        for name in self.variables:
            if name not in given:
                raise invalid(f"prompt.variables[{name}]", "is missing")
        for name, value in given.items():
            if name not in self.variables:
                known = ", ".join(self.variables) or "none"
                raise invalid(f"prompt.variables[{name}]", f"is not declared; known: {known}")
            if len(value) > MAX_VARIABLE:
                raise invalid(
                    f"prompt.variables[{name}]", f"is longer than {MAX_VARIABLE} characters"
                )


def _fenced_turn(turn: Message, marker: str) -> Message:
    if turn.role is not Role.TOOL:
        return turn
    try:
        content = block(turn.content, marker)
    except BadData:
        content = block(write({"text": turn.content}), marker)
    return replace(turn, content=content)


def _filled(text: str, variables: Mapping[str, str]) -> str:
    """One pass, so a value that looks like a hole stays as it is."""
    values: Mapping[str, Any] = variables
    return HOLE.sub(lambda match: str(values[match.group(1)]), text)
