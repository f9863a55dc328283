"""What a chat request holds, as far as the analyst looks at it."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class ChatRequest(BaseModel):
    """Known fields are typed, others are let pass as a real endpoint does."""

    model_config = ConfigDict(extra="allow")

    messages: list[dict[str, Any]]
    model: str | None = None
    stream: bool = False
    stream_options: dict[str, Any] | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    response_format: dict[str, Any] | None = None

    def offers(self, tool: str) -> bool:
        """Whether the caller would run this tool for us."""
        if self.tool_choice == "none":
            return False
        functions = [entry.get("function") for entry in self.tools or []]
        return any(isinstance(f, dict) and f.get("name") == tool for f in functions)

    @property
    def include_usage(self) -> bool:
        """Whether a stream ends with its token counts."""
        return bool((self.stream_options or {}).get("include_usage"))


def text_of(message: dict[str, Any]) -> str:
    """The text of a message whose content is text or a list of blocks."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        blocks = [block for block in content if isinstance(block, dict)]
        return "".join(str(block.get("text", "")) for block in blocks)
    return ""
