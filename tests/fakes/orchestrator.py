"""A DeckService that answers as scripted, over real gRPC."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub
from aislides_runtime.serve import running_server


class FakeOrchestrator(grpc_stub.DeckServiceServicer):
    """Answers each call with the next reply scripted for it: a message, a list, or an error."""

    def __init__(self) -> None:
        self._replies: defaultdict[str, list[Any]] = defaultdict(list)
        self.requests: list[Any] = []
        self.cancelled = 0

    def script(self, call: str, *replies: Any) -> None:
        """Adds replies for a call."""
        self._replies[call] += replies

    def assert_used_up(self) -> None:
        """Fails when a scripted reply was not asked for."""
        left = {call: len(replies) for call, replies in self._replies.items() if replies}
        assert not left, f"never asked: {left}"

    def _next(self, call: str, request: Any) -> Any:
        self.requests.append(request)
        assert self._replies[call], f"nobody scripted {call}"
        reply = self._replies[call].pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def _stream(self, call: str, request: Any, context: Any) -> AsyncIterator[Any]:
        try:
            for part in self._next(call, request):
                if isinstance(part, Exception):
                    raise part
                if callable(part):
                    await part()
                else:
                    yield part
        except BaseException:
            self.cancelled += 1
            raise

    async def CreateDeck(self, request: Any, context: Any) -> Any:
        return self._next("CreateDeck", request)

    async def GetDeck(self, request: Any, context: Any) -> Any:
        return self._next("GetDeck", request)

    async def ListDecks(self, request: Any, context: Any) -> Any:
        return self._next("ListDecks", request)

    async def CancelDeck(self, request: Any, context: Any) -> Any:
        return self._next("CancelDeck", request)

    async def DeleteDeck(self, request: Any, context: Any) -> Any:
        return self._next("DeleteDeck", request)

    async def ReviseDeck(self, request: Any, context: Any) -> Any:
        return self._next("ReviseDeck", request)

    async def ListRevisions(self, request: Any, context: Any) -> Any:
        return self._next("ListRevisions", request)

    async def GetRevision(self, request: Any, context: Any) -> Any:
        return self._next("GetRevision", request)

    async def RestoreRevision(self, request: Any, context: Any) -> Any:
        return self._next("RestoreRevision", request)

    async def RefreshDeck(self, request: Any, context: Any) -> Any:
        return self._next("RefreshDeck", request)

    async def DiffRevisions(self, request: Any, context: Any) -> Any:
        return self._next("DiffRevisions", request)

    async def GetEvidence(self, request: Any, context: Any) -> Any:
        return self._next("GetEvidence", request)

    async def ListSpaces(self, request: Any, context: Any) -> Any:
        return self._next("ListSpaces", request)

    async def ListThemes(self, request: Any, context: Any) -> Any:
        return self._next("ListThemes", request)

    async def GetUsage(self, request: Any, context: Any) -> Any:
        return self._next("GetUsage", request)

    async def WatchDeck(self, request: Any, context: Any) -> AsyncIterator[Any]:
        async for part in self._stream("WatchDeck", request, context):
            yield part

    async def ExportDeck(self, request: Any, context: Any) -> AsyncIterator[Any]:
        async for part in self._stream("ExportDeck", request, context):
            yield part


@asynccontextmanager
async def serving(fake: FakeOrchestrator) -> AsyncIterator[str]:
    """The fake on a real server; where it answers. Fails at the end when replies are left."""
    async with running_server(
        lambda server: grpc_stub.add_DeckServiceServicer_to_server(fake, server), drain_seconds=0
    ) as server:
        yield server.target
    fake.assert_used_up()


ID = "ab" * 16


def info(state: int = pb.STATE_SUCCEEDED, **extra: Any) -> pb.DeckInfo:
    """A deck in a state."""
    made = pb.DeckInfo(deck_id=ID, state=state, question="How many?", title="Many", **extra)  # type: ignore[arg-type]
    made.created_at.FromJsonString("2026-11-21T10:00:00Z")
    return made


def html_parts(content: bytes = b"<!DOCTYPE html>deck") -> list[pb.ExportDeckResponse]:
    """An exported file, in two chunks."""
    import hashlib

    header = pb.ExportHeader(
        file_name="many.html",
        media_type="text/html; charset=utf-8",
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return [
        pb.ExportDeckResponse(header=header),
        pb.ExportDeckResponse(chunk=content[:5]),
        pb.ExportDeckResponse(chunk=content[5:]),
    ]


def event(sequence: int, **body: Any) -> pb.WatchDeckResponse:
    """An event of a deck's log."""
    return pb.WatchDeckResponse(event=pb.DeckEvent(sequence=sequence, **body))
