"""The client for asyncio."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Final, Self, TypeVar

import grpc
import grpc.aio
from aislides.deck.v1 import deck_pb2, verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub
from google.protobuf.message import Message

from aislides_client.decks import DEPTHS, FORMATS, Deck, File
from aislides_client.errors import (
    ClarificationNeeded,
    DeckFailed,
    SlideGeneratorError,
    error_from_rpc,
)

MESSAGE_BYTES: Final = 8 * 1024 * 1024
RESUME_GAPS: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0)
"""Seconds between attempts to resume a broken watch."""

T = TypeVar("T")
R = TypeVar("R", bound=Message)
OnEvent = Callable[[pb.DeckEvent], object]


class AsyncClient:
    """Calls the orchestrator at `host:port`. Only reads are retried, so nothing is made twice.

    `timeout` is the longest time for a whole deck, in seconds; `read_timeout` for one short call.
    Without `credentials` traffic is not encrypted. `tenant` is whose decks are made and seen; `*`
    sees all, empty is `default`. Every failure is a SlideGeneratorError.
    """

    def __init__(
        self,
        target: str = "127.0.0.1:50053",
        *,
        timeout: float = 900.0,
        read_timeout: float = 30.0,
        credentials: grpc.ChannelCredentials | None = None,
        tenant: str = "",
    ) -> None:
        options = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES),
            ("grpc.keepalive_time_ms", 30_000),
            ("grpc.max_reconnect_backoff_ms", 5_000),
        ]
        self._channel = (
            grpc.aio.insecure_channel(target, options=options)
            if credentials is None
            else grpc.aio.secure_channel(target, credentials, options=options)
        )
        self._stub = grpc_stub.DeckServiceStub(self._channel)
        self._target = target
        self._tenant = tenant
        self._timeout = timeout
        self._read_timeout = read_timeout

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connection."""
        await self._channel.close()

    async def generate(
        self,
        question: str,
        *,
        max_slides: int | None = None,
        space: str = "",
        theme: str = "",
        depth: str = "",
        locale: str = "",
        request_id: str = "",
        on_event: OnEvent | None = None,
    ) -> Deck:
        """The finished deck. `on_event` is called with each event as it happens.

        Raises DeckFailed, or ClarificationNeeded when the question must be put in another way.
        When the caller stops waiting (cancel, timeout) the deck is cancelled too.
        """
        info = await self.create(
            question,
            max_slides=max_slides,
            space=space,
            theme=theme,
            depth=depth,
            locale=locale,
            request_id=request_id,
        )
        return await self._followed(info.deck_id, 0, on_event)

    async def revise(
        self,
        deck_id: str,
        instruction: str,
        *,
        base_revision: int = 0,
        request_id: str = "",
        on_event: OnEvent | None = None,
    ) -> Deck:
        """The deck changed as instructed, as a new revision. Its data stay: Genie is asked nothing.

        Raises DeckFailed when nothing could be changed; the revision before stays. With a
        `base_revision` the change is refused when another one is current.
        """
        request = pb.ReviseDeckRequest(
            deck_id=deck_id,
            instruction=instruction,
            base_revision=base_revision,
            request_id=request_id,
        )
        begun = (await self._call(self._stub.ReviseDeck, request)).deck
        return await self._followed(deck_id, begun.last_sequence, on_event)

    async def refresh(
        self, deck_id: str, *, request_id: str = "", on_event: OnEvent | None = None
    ) -> Deck:
        """The deck on today's data: its queries run again, every claim is checked anew.

        A new revision when something changed. Raises DeckFailed when a query cannot run again; the
        deck is then as it was.
        """
        request = pb.RefreshDeckRequest(deck_id=deck_id, request_id=request_id)
        begun = (await self._call(self._stub.RefreshDeck, request)).deck
        return await self._followed(deck_id, begun.last_sequence, on_event)

    async def _followed(self, deck_id: str, after: int, on_event: OnEvent | None) -> Deck:
        """The deck once its run has ended; cancelled when the caller stops waiting."""
        try:
            async with asyncio.timeout(self._timeout):
                async for event in self.watch(deck_id, after):
                    if on_event is not None:
                        on_event(event)
                info = await self.get(deck_id)
                if info.HasField("change_error"):
                    raise DeckFailed(info)
                return await self._deck(info)
        except (asyncio.CancelledError, TimeoutError) as stopped:
            await asyncio.shield(self.cancel(deck_id))
            if isinstance(stopped, TimeoutError):
                raise SlideGeneratorError(
                    f"the deck was not complete within {self._timeout:g} s",
                    reason="CLIENT_TIMEOUT",
                    code=grpc.StatusCode.DEADLINE_EXCEEDED,
                ) from stopped
            raise

    async def create(
        self,
        question: str,
        *,
        max_slides: int | None = None,
        space: str = "",
        theme: str = "",
        depth: str = "",
        locale: str = "",
        request_id: str = "",
    ) -> pb.DeckInfo:
        """The accepted deck, at once. The same `request_id` gives the same deck again."""
        if depth not in DEPTHS:
            choices = ", ".join(name for name in DEPTHS if name)
            raise SlideGeneratorError(
                f"depth must be one of {choices}",
                reason="INVALID_REQUEST",
                code=grpc.StatusCode.INVALID_ARGUMENT,
                fields={"depth": f"one of {choices}"},
            )
        request = pb.CreateDeckRequest(
            question=question,
            space_id=space,
            theme=theme,
            depth=DEPTHS[depth],
            locale=locale,
            request_id=request_id,
            max_slides=max_slides,
        )
        response = await self._call(self._stub.CreateDeck, request)
        return response.deck

    async def watch(self, deck_id: str, after: int = 0) -> AsyncIterator[pb.DeckEvent]:
        """Events after the sequence number `after`, until the run ends.

        A broken stream is resumed where it was; raises when that fails for about 15 s.
        """
        attempts = 0
        while True:
            request = pb.WatchDeckRequest(deck_id=deck_id, after_sequence=after)
            call = self._stub.WatchDeck(self._of_tenant(request), timeout=self._timeout)
            try:
                async for response in call:
                    attempts = 0
                    if response.HasField("event"):
                        after = response.event.sequence
                        yield response.event
                return
            except grpc.aio.AioRpcError as error:
                broken = error.code() is grpc.StatusCode.UNAVAILABLE
                if not broken or attempts == len(RESUME_GAPS):
                    raise error_from_rpc(error, self._target) from error
                await asyncio.sleep(RESUME_GAPS[attempts])
                attempts += 1
            finally:
                call.cancel()

    async def finished(self, deck_id: str) -> Deck:
        """The deck of a job that ended. Raises DeckFailed or ClarificationNeeded."""
        return await self._deck(await self.get(deck_id))

    async def _deck(self, info: pb.DeckInfo) -> Deck:
        if info.state == pb.STATE_NEEDS_CLARIFICATION:
            raise ClarificationNeeded(info)
        if info.state in (pb.STATE_FAILED, pb.STATE_CANCELLED):
            raise DeckFailed(info)
        return Deck(info, await self.export(info.deck_id))

    async def answer(self, deck_id: str, text: str) -> pb.DeckInfo:
        """The deck, at work again with this answer to its clarification."""
        request = pb.ReviseDeckRequest(deck_id=deck_id, clarification_answer=text)
        return (await self._call(self._stub.ReviseDeck, request)).deck

    async def get(self, deck_id: str) -> pb.DeckInfo:
        """The job as it stands."""
        return (await self._read(self._stub.GetDeck, pb.GetDeckRequest(deck_id=deck_id))).deck

    async def bundle(self, deck_id: str) -> deck_pb2.DeckBundle:
        """Spec, facts and results of the current revision."""
        request = pb.GetDeckRequest(deck_id=deck_id, view=pb.DECK_VIEW_FULL)
        return (await self._read(self._stub.GetDeck, request)).bundle

    async def evidence(self, deck_id: str, ref: str) -> verdict_pb2.Evidence:
        """SQL, rows and formula behind a figure such as `f3.change`."""
        request = pb.GetEvidenceRequest(deck_id=deck_id, ref=ref)
        return (await self._read(self._stub.GetEvidence, request)).evidence

    async def export(self, deck_id: str, format: str = "html") -> File:  # noqa: A002
        """The deck as a file: html, json, and pdf, pptx, md, png where the service makes them.

        Raises SlideGeneratorError when the file did not arrive whole.
        """
        if format not in FORMATS:
            raise SlideGeneratorError(
                f"format must be one of {', '.join(FORMATS)}",
                reason="INVALID_REQUEST",
                code=grpc.StatusCode.INVALID_ARGUMENT,
            )
        request = pb.ExportDeckRequest(deck_id=deck_id, format=FORMATS[format])
        call = self._stub.ExportDeck(self._of_tenant(request), timeout=self._read_timeout)
        header, content = pb.ExportHeader(), bytearray()
        try:
            async for part in call:
                if part.HasField("header"):
                    header = part.header
                else:
                    content += part.chunk
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, self._target) from error
        if hashlib.sha256(content).hexdigest() != header.sha256:
            raise SlideGeneratorError("the file did not arrive whole", reason="FILE_DAMAGED")
        return File(header.file_name, header.media_type, bytes(content))

    async def revisions(self, deck_id: str) -> list[pb.RevisionInfo]:
        """The deck's revisions, newest first, at most 100."""
        request = pb.ListRevisionsRequest(deck_id=deck_id, page_size=100)
        return list((await self._read(self._stub.ListRevisions, request)).revisions)

    async def diff(self, deck_id: str, from_revision: int, to_revision: int = 0) -> list[pb.Change]:
        """What changed between two revisions, in slide order; 0 is the current one."""
        request = pb.DiffRevisionsRequest(
            deck_id=deck_id, from_revision=from_revision, to_revision=to_revision
        )
        return list((await self._read(self._stub.DiffRevisions, request)).changes)

    async def restore(self, deck_id: str, revision: int) -> pb.DeckInfo:
        """The deck with an earlier revision current again, as a new one."""
        request = pb.RestoreRevisionRequest(deck_id=deck_id, revision=revision)
        return (await self._call(self._stub.RestoreRevision, request)).deck

    async def cancel(self, deck_id: str) -> pb.DeckInfo:
        """The deck after cancelling; a finished deck stays as it was."""
        request = pb.CancelDeckRequest(deck_id=deck_id)
        return (await self._call(self._stub.CancelDeck, request)).deck

    async def delete(self, deck_id: str) -> None:
        """Deletes the deck with all that belongs to it."""
        await self._call(self._stub.DeleteDeck, pb.DeleteDeckRequest(deck_id=deck_id))

    async def list_decks(self, text: str = "", limit: int = 20) -> list[pb.DeckInfo]:
        """The newest decks whose question or title holds the text."""
        request = pb.ListDecksRequest(text=text, page_size=limit)
        return list((await self._read(self._stub.ListDecks, request)).decks)

    async def spaces(self) -> list[pb.SpaceInfo]:
        """The Genie spaces that decks can be made from, at most 100."""
        request = pb.ListSpacesRequest(page_size=100)
        return list((await self._read(self._stub.ListSpaces, request)).spaces)

    async def themes(self) -> list[pb.Theme]:
        """The themes that decks can wear, default first."""
        return list((await self._read(self._stub.ListThemes, pb.ListThemesRequest())).themes)

    def _of_tenant(self, request: R) -> R:
        if "tenant" in request.DESCRIPTOR.fields_by_name:
            request.tenant = self._tenant  # type: ignore[attr-defined]
        return request

    async def _read(self, method: Callable[..., Awaitable[T]], request: Message) -> T:
        """A read: made a second time when the connection broke."""
        try:
            return await self._call(method, request)
        except SlideGeneratorError as error:
            if error.code is not grpc.StatusCode.UNAVAILABLE:
                raise
            await asyncio.sleep(RESUME_GAPS[0])
            return await self._call(method, request)

    async def _call(self, method: Callable[..., Awaitable[T]], request: Message) -> T:
        try:
            return await method(self._of_tenant(request), timeout=self._read_timeout)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error, self._target) from error
