"""Records answers to a file, and answers from such a file: for tests and audits."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from llm_svc.domain.completion import FinishReason, Usage
from llm_svc.domain.errors import ModelNotFound
from llm_svc.ports import (
    Ask,
    FinishPiece,
    Piece,
    Provider,
    RefusalPiece,
    TextPiece,
    ToolPiece,
    UsagePiece,
)
from llm_svc.prompts.fence import without_marker

_PIECES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (TextPiece, ToolPiece, RefusalPiece, FinishPiece, UsagePiece)
}


class NotRecorded(ModelNotFound):
    """The transcripts hold no answer to this request."""

    reason = "LLM_NOT_RECORDED"
    default_message = "the transcripts hold no answer to this request; record one first"


def transcript_key(ask: Ask) -> str:
    """A hash of what was asked; the model's name, timings and fence markers do not count."""
    said = [(m.role, without_marker(m.content), m.tool_calls, m.tool_call_id) for m in ask.messages]
    tools = [(tool.name, tool.description, tool.parameters) for tool in ask.tools]
    content = repr((said, tools, ask.tool_choice, ask.seed))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


class Recorder:
    """A provider that notes every whole answer of another in a file, one line each."""

    def __init__(self, inner: Provider, path: Path) -> None:
        self._inner = inner
        self._path = path
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str:
        """The name of the recorded provider."""
        return self._inner.name

    async def answer(self, ask: Ask) -> AsyncGenerator[Piece, None]:
        """The same pieces, noted when all of them came."""
        pieces: list[Piece] = []
        inner = self._inner.answer(ask)
        try:
            async for piece in inner:
                pieces.append(piece)
                yield piece
        finally:
            await inner.aclose()
        line = json.dumps(
            {"key": transcript_key(ask), "pieces": [_dump(piece) for piece in pieces]},
            ensure_ascii=False,
        )
        async with self._lock:
            await asyncio.to_thread(_append, self._path, line)

    async def close(self) -> None:
        """Closes the recorded provider."""
        await self._inner.close()


class Replay:
    """A provider that answers as the transcripts say; the last recording of a request wins."""

    def __init__(self, name: str, path: Path) -> None:
        """Reads the transcripts; raises OSError or ValueError when they cannot be read."""
        self._name = name
        self._answers: dict[str, list[Piece]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                record = json.loads(line)
                self._answers[record["key"]] = [_load(piece) for piece in record["pieces"]]

    @property
    def name(self) -> str:
        """Its name in the configuration."""
        return self._name

    async def answer(self, ask: Ask) -> AsyncGenerator[Piece, None]:
        """The recorded pieces. Raises NotRecorded."""
        pieces = self._answers.get(transcript_key(ask))
        if pieces is None:
            raise NotRecorded
        for piece in pieces:
            yield piece

    async def close(self) -> None:
        """Nothing to release."""


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def _dump(piece: Piece) -> dict[str, Any]:
    return {"is": type(piece).__name__, **dataclasses.asdict(piece)}


def _load(record: dict[str, Any]) -> Piece:
    kind = _PIECES[record.pop("is")]
    if kind is UsagePiece:
        return UsagePiece(Usage(**record["usage"]))
    if kind is FinishPiece:
        return FinishPiece(FinishReason(record["reason"]))
    piece: Piece = kind(**record)
    return piece
