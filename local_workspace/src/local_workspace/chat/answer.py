"""What the local analyst says to a chat request: tool calls, JSON, or a sentence about itself."""

import json
from dataclasses import dataclass
from typing import Any, Final

from local_workspace.api_errors import ApiError
from local_workspace.chat.fence import payload_in
from local_workspace.chat.request import ChatRequest, text_of
from local_workspace.ports import Analyst

TOOL: Final = "query_genie"
CHARACTERS_A_TOKEN: Final = 4

ABOUT_ME: Final = (
    "I am local-analyst, the analyst of the local workspace. I am not a language model: I plan "
    "questions and write slide decks by rules, from the JSON payload that AI Slide Generator puts "
    "into its prompts. I cannot chat. Ask a question with `aislides generate`, or set llm.endpoint "
    "to a real model."
)
NOTHING_MORE: Final = "I have no further questions."

METHODS: Final = {
    "write": "write",
    "repair": "repair",
    "revise": "revise",
    "interpretation": "interpret",
    "narrative": "narrate",
}
"""What of the analyst answers a task with JSON."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Text or calls of `query_genie`, one question each."""

    content: str | None
    questions: tuple[str, ...] = ()

    @property
    def finish_reason(self) -> str:
        """Why the reply ends."""
        return "tool_calls" if self.questions else "stop"

    @property
    def tokens(self) -> int:
        """About how many tokens a model would have spent."""
        return tokens_in((self.content or "") + "".join(self.questions))


def tokens_in(text: str) -> int:
    """About how many tokens a text has."""
    return -(-len(text) // CHARACTERS_A_TOKEN)


def answer(request: ChatRequest, analyst: Analyst) -> Reply:
    """The reply to the request. Raises ApiError 400 for a payload the analyst cannot use."""
    payload = payload_in([text_of(m) for m in request.messages if m.get("role") == "user"])
    if payload is None:
        return Reply(ABOUT_ME)
    try:
        if payload["task"] == "plan":
            return planned(request, payload, analyst)
        if payload["task"] in METHODS:
            told = getattr(analyst, METHODS[payload["task"]])(payload)
            return Reply(as_json(told))
    except (KeyError, TypeError, ValueError) as error:
        raise ApiError(
            400, "BAD_REQUEST", f"The data of the task '{payload['task'][:40]}' cannot be used."
        ) from error
    raise ApiError(400, "BAD_REQUEST", f"The task '{payload['task'][:40]}' is not known.")


def planned(request: ChatRequest, payload: dict[str, Any], analyst: Analyst) -> Reply:
    """Questions as tool calls when the caller offers the tool, else as JSON."""
    if any(message.get("role") == "tool" for message in request.messages):
        return Reply(NOTHING_MORE)  # one round of questions is all the rules know to ask
    plan = analyst.plan(payload)
    questions = [str(entry["question"]) for entry in plan.get("questions", [])]
    if questions and request.offers(TOOL):
        return Reply(None, tuple(questions))
    return Reply(as_json(plan))


def as_json(value: dict[str, Any]) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
