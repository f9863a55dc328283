"""The orchestrator as the routes call it: typed errors, deadlines, whole files, finished decks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import grpc.aio
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub
from aislides_runtime.errors import Kind
from aislides_runtime.status import error_from_rpc
from google.protobuf.message import Message

from gateway.errors import ClarificationNeeded, DeckEnded, StillWorking
from gateway.feeds import Feeds
from gateway.readiness import Readiness
from gateway.settings import ApiSection

T = TypeVar("T")
R = TypeVar("R", bound=Message)

_KINDS: Final = {
    "GENIE_SPACE_NOT_FOUND": Kind.NOT_FOUND,
    "SERVICE_UNAVAILABLE": Kind.UNAVAILABLE,
    "DECK_TIME_LIMIT": Kind.DEADLINE_EXCEEDED,
}


@dataclass(frozen=True, slots=True)
class File:
    """A rendered file."""

    header: pb.ExportHeader
    content: bytes


class Upstream:
    """The orchestrator for one tenant. Raises ServiceError with the orchestrator's own reason."""

    def __init__(self, channel: grpc.aio.Channel, settings: ApiSection) -> None:
        self.stub = grpc_stub.DeckServiceStub(channel)
        self.settings = settings
        self._name = f"orchestrator_svc at {settings.orchestrator_target}"
        self._tenant = ""
        self._feeds = Feeds()
        self.readiness = Readiness(settings.orchestrator_target)

    def acting_for(self, tenant: str) -> Upstream:
        """The same, for the decks of this tenant."""
        other = copy(self)
        other._tenant = tenant
        return other

    def _of_tenant(self, request: R) -> R:
        # Here and not in the routes: none can forget whom it serves.
        if "tenant" in request.DESCRIPTOR.fields_by_name:
            request.tenant = self._tenant  # type: ignore[attr-defined]
        return request

    async def call(self, method: Callable[..., Awaitable[T]], request: Message) -> T:
        """The answer to a short call."""
        try:
            return await method(self._of_tenant(request), timeout=self.settings.read_seconds)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._name) from error

    async def watch(self, deck_id: str, after: int) -> AsyncIterator[pb.DeckEvent | None]:
        """Events of a deck, None as heartbeat. The stream upstream ends with the caller's."""
        request = pb.WatchDeckRequest(deck_id=deck_id, after_sequence=after)
        call = self.stub.WatchDeck(self._of_tenant(request))
        try:
            async for response in call:
                yield response.event if response.HasField("event") else None
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._name) from error
        finally:
            call.cancel()

    def follow(self, deck_id: str, after: int) -> AsyncIterator[bytes]:
        """Events of a deck as they go to a browser. All followers of a tenant share a stream."""
        return self._feeds.follow((self._tenant, deck_id), after, partial(self.watch, deck_id))

    async def finished(self, deck_id: str) -> pb.DeckInfo:
        """The deck once it is complete. Raises DeckEnded, ClarificationNeeded or StillWorking."""
        try:
            async with asyncio.timeout(self.settings.wait_seconds):
                async for _ in self.watch(deck_id, 0):
                    pass
        except TimeoutError as error:
            raise StillWorking(
                f"the deck is not complete after {self.settings.wait_seconds:g} s; it goes on: "
                f"read it later at /v1/decks/{deck_id}",
                metadata={"deck_id": deck_id},
            ) from error
        info = (await self.call(self.stub.GetDeck, pb.GetDeckRequest(deck_id=deck_id))).deck
        return complete(info)

    async def settled(self, deck_id: str, seconds: float) -> pb.DeckInfo:
        """The deck once its run has ended, or as it is after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                async for _ in self.watch(deck_id, 0):
                    pass
        except TimeoutError:
            pass
        return (await self.call(self.stub.GetDeck, pb.GetDeckRequest(deck_id=deck_id))).deck

    async def export(self, deck_id: str, format_: pb.ExportFormat.ValueType) -> File:
        """The deck as a file."""
        return await self._file(pb.ExportDeckRequest(deck_id=deck_id, format=format_))

    async def slide(self, deck_id: str, slide_id: str) -> File:
        """One slide as a still page."""
        return await self._file(pb.ExportDeckRequest(deck_id=deck_id, slide_id=slide_id))

    async def _file(self, request: pb.ExportDeckRequest) -> File:
        call = self.stub.ExportDeck(self._of_tenant(request), timeout=self.settings.read_seconds)
        header, content = pb.ExportHeader(), bytearray()
        try:
            async for part in call:
                if part.HasField("header"):
                    header = part.header
                else:
                    content += part.chunk
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, target=self._name) from error
        return File(header, bytes(content))


def complete(info: pb.DeckInfo) -> pb.DeckInfo:
    """The deck, when it is complete. Raises what kept it from being so."""
    if info.state == pb.STATE_NEEDS_CLARIFICATION:
        raise ClarificationNeeded(
            info.clarification.text,
            suggestions=list(info.clarification.suggestions),
            deck_id=info.deck_id,
        )
    if info.state == pb.STATE_CANCELLED:
        raise DeckEnded(
            "the deck was cancelled",
            kind=Kind.CANCELLED,
            reason="DECK_CANCELLED",
            deck_id=info.deck_id,
        )
    if info.state == pb.STATE_FAILED:
        error = info.error
        fallback = Kind.UNAVAILABLE if error.retryable else Kind.FAILED_PRECONDITION
        raise DeckEnded(
            error.message,
            kind=_KINDS.get(error.reason, fallback),
            reason=error.reason,
            deck_id=info.deck_id,
        )
    return info
