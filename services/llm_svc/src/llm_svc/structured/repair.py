"""The turns that ask a model to put its answer right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from llm_svc.domain.completion import Message, Role

MAX_ECHO: Final = 60_000
"""Most characters of the faulty answer that are shown to the model again."""


def json_repair(answer: str, faults: Sequence[str]) -> tuple[Message, Message]:
    """The faulty answer as the model's own turn, and the request for a whole corrected one."""
    lines = "\n".join(f"- {fault}" for fault in faults)
    return (
        Message(Role.ASSISTANT, answer[:MAX_ECHO] or " "),
        Message(
            Role.USER,
            "Your answer does not fit the required shape. What is wrong:\n"
            f"{lines}\n"
            "Answer again with the whole corrected JSON object and nothing else: no code fence, "
            "no words around it. Change nothing that is not wrong.",
        ),
    )


def tool_repair(faults: Sequence[str]) -> tuple[Message]:
    """The request to make all tool calls again.

    The faulty calls are not played back: several providers refuse a history whose arguments are
    not JSON.
    """
    lines = "\n".join(f"- {fault}" for fault in faults)
    return (
        Message(
            Role.USER,
            "Your tool calls could not be read. What is wrong:\n"
            f"{lines}\n"
            "Make all of your tool calls again, correctly.",
        ),
    )
